import { API_VERSION } from '../types.ts';
import { annotations, DURATION, labels, nameField, NON_BLANK } from './shapes.ts';

/** A `kind: Source` document. */
export const sourceSchema = {
  type: 'object',
  title: 'Source',
  description: 'A repository, or a folder, that more manifests come from.',
  additionalProperties: false,
  required: ['apiVersion', 'kind', 'metadata', 'spec'],
  properties: {
    apiVersion: { const: API_VERSION, title: 'API version', description: 'Always clarity.runtime/v1.' },
    kind: { const: 'Source', title: 'Kind', description: 'What the document is: a Source.' },
    metadata: {
      type: 'object',
      title: 'Metadata',
      description: 'Who the source is; the name is the last part of the address of its webhook.',
      additionalProperties: false,
      required: ['name'],
      properties: { name: nameField, labels, annotations },
    },
    spec: {
      type: 'object',
      title: 'Spec',
      description: 'Exactly one of git and dir, and how it is read.',
      additionalProperties: false,
      properties: {
        git: {
          type: 'string',
          pattern: NON_BLANK,
          title: 'Repository',
          description: 'Its address: https, ssh, user@host:path, file, or a path. Credentials go into secretRef.',
          examples: ['https://git.example.com/team/services.git', 'git@git.example.com:team/services.git'],
        },
        dir: {
          type: 'string',
          pattern: NON_BLANK,
          title: 'Folder',
          description: 'A folder that is watched; relative to the workspace.',
          examples: ['../team/services'],
        },
        ref: {
          type: 'string',
          pattern: NON_BLANK,
          title: 'Ref',
          description: 'A branch, a tag or a whole commit id. By default the branch that the remote’s HEAD names.',
          examples: ['main', 'v1.2.0'],
        },
        path: {
          type: 'string',
          pattern: NON_BLANK,
          title: 'Path',
          description: 'Folder of the manifests in the repository; . is its root.',
          default: 'services.d',
        },
        interval: {
          type: ['string', 'number'],
          pattern: DURATION,
          exclusiveMinimum: 0,
          title: 'Interval',
          description: 'Between two looks at the repository, at least 1s (30s, 5m); a webhook is quicker.',
          default: '60s',
        },
        verify: {
          type: 'object',
          title: 'Verify',
          description: 'Run only commits that are signed; others change nothing.',
          additionalProperties: false,
          required: ['mode', 'allowedSigners'],
          properties: {
            mode: { const: 'head', title: 'Mode', description: 'Always head: the commit that is run is looked at.' },
            allowedSigners: {
              type: 'string',
              pattern: NON_BLANK,
              title: 'Allowed signers',
              description: 'An SSH allowed signers file, relative to the workspace; never one of the repository.',
              examples: ['signers'],
            },
          },
        },
        secretRef: {
          type: 'string',
          pattern: NON_BLANK,
          title: 'Secret reference',
          description:
            'Where the credentials come from (env:VAR or file:path): a token or user:password for https; for ssh a private key or its absolute path.',
          examples: ['env:GIT_TOKEN'],
        },
        allowPush: {
          type: 'boolean',
          title: 'Allow push',
          description: 'true lets commands with --commit write commits to the branch.',
          default: false,
        },
        prune: {
          type: 'boolean',
          title: 'Prune',
          description: 'false keeps services running whose documents, or whose source, are gone.',
          default: true,
        },
      },
    },
  },
} as const;
