import { Validator } from '@seriousme/openapi-schema-validator';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, it } from 'vitest';
import type { JsonObject } from '../../src/shared/json.ts';
import { testApi } from '../helpers/test-api.ts';
import { wireSchemas } from '../helpers/wire-schemas.ts';

it('schemas/api-v1.schema.json is what the types of wire/ say', async () => {
  await expect(`${JSON.stringify(wireSchemas(), null, 2)}\n`).toMatchFileSnapshot('../../schemas/api-v1.schema.json');
});

it('GET /openapi.json is a valid OpenAPI document with every route', async () => {
  const { ask, routes } = await testApi();
  const { status, json } = await ask('/openapi.json');
  expect(status).toBe(200);
  await expect(new Validator().validate(json)).resolves.toMatchObject({ valid: true });
  const documented = Object.entries(json.paths as Record<string, object>).flatMap(([path, operations]) =>
    Object.keys(operations).map((method) => `${method.toUpperCase()} ${path.replace(/\{(\w+)\}/g, ':$1')}`),
  );
  const served = routes.entries.filter(({ method }) => method !== 'HEAD').map(({ method, url }) => `${method} ${url}`);
  expect(documented.sort()).toEqual(served.sort());
});

it('what the API answers fits the shapes of its document', async () => {
  const { ask } = await testApi();
  const document = (await ask('/openapi.json')).json as JsonObject;
  const ajv = new Ajv2020({ strict: false }).addSchema(document, 'api');
  const shapes = {
    '/api/services/files': 'ServiceAnswer',
    '/api/services/files/status': 'ServiceStatusAnswer',
    '/api/services/files/details': 'DetailsAnswer',
    '/api/status': 'StatusAnswer',
    '/api/services/nobody': 'ErrorResponse',
  };
  for (const [path, shape] of Object.entries(shapes)) {
    const validate = ajv.compile({ $ref: `api#/components/schemas/${shape}` });
    expect([path, validate((await ask(path)).json), validate.errors]).toEqual([path, true, null]);
  }
});
