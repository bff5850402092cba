import type { Identity } from '../../reconcile/ports.ts';
import type { Session } from '../sessions/session.ts';
import { Topic } from './topic.ts';

/** Every subscription there is, found by the resource and by the session. Keeps no topic that nobody wants, once it is let go. */
export class Subscribed {
  readonly #topics = new Map<Identity, Map<string, Topic>>();
  /** By the URI as the session knows it. */
  readonly #bySession = new Map<Session, Map<string, Topic>>();
  #count = 0;

  get count(): number {
    return this.#count;
  }

  countOf(session: Session): number {
    return this.#bySession.get(session)?.size ?? 0;
  }

  /** What the session knows by the URI, where it is subscribed to it. */
  find(session: Session, uri: string): Topic | undefined {
    return this.#bySession.get(session)?.get(uri);
  }

  topicsOf(identity: Identity): Iterable<Topic> {
    return this.#topics.get(identity)?.values() ?? [];
  }

  topic(identity: Identity, uri: string): Topic | undefined {
    return this.#topics.get(identity)?.get(uri);
  }

  /** `uri` as the session knows it, `upstreamUri` as the service does. */
  add(session: Session, uri: string, identity: Identity, upstreamUri: string): Topic {
    const ofService = this.#topics.get(identity) ?? new Map<string, Topic>();
    const topic = ofService.get(upstreamUri) ?? new Topic(identity, upstreamUri);
    this.#topics.set(identity, ofService.set(upstreamUri, topic));
    const ofSession = this.#bySession.get(session) ?? new Map<string, Topic>();
    this.#bySession.set(session, ofSession.set(uri, topic));
    topic.add({ session, uri });
    this.#count++;
    return topic;
  }

  /** The topic that the session was subscribed to. */
  delete(session: Session, uri: string): Topic | undefined {
    const ofSession = this.#bySession.get(session);
    const topic = ofSession?.get(uri);
    if (ofSession === undefined || topic === undefined) return undefined;
    ofSession.delete(uri);
    if (ofSession.size === 0) this.#bySession.delete(session);
    topic.delete({ session, uri });
    this.#count--;
    return topic;
  }

  /** The URIs that the session is subscribed to. */
  urisOf(session: Session): readonly string[] {
    return [...(this.#bySession.get(session)?.keys() ?? [])];
  }

  /** Forgets the topic where nobody wants it. */
  release(topic: Topic): void {
    const ofService = this.#topics.get(topic.identity);
    if (topic.wanted || ofService?.get(topic.uri) !== topic) return;
    ofService.delete(topic.uri);
    if (ofService.size === 0) this.#topics.delete(topic.identity);
  }
}
