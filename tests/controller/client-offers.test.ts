import { describe, expect, it } from 'vitest';
import { ClientOffers } from '../../src/controller/client-offers.ts';
import { Semaphore } from '../../src/controller/semaphore.ts';
import { FakeClock } from '../helpers/clock.ts';
import { OfferingService } from '../helpers/offering-service.ts';
import { TestClient } from '../helpers/test-client.ts';
import { resolvable } from '../../src/shared/resolvable.ts';

const SECONDS = 1000;
const settled = () => new Promise((resolve) => setImmediate(resolve));
/** A client of the nth set of capabilities. */
const client = (nth = 0, id = `c${String(nth)}`) => new TestClient(id, { sampling: { nth } });
const keyOf = (nth = 0) => client(nth).capabilityKey;

async function rig() {
  const clock = new FakeClock();
  const service = new OfferingService('some');
  const base = await service.base();
  const subject = { upstream: service.upstream, base, session: undefined };
  const now: { subject: typeof subject | undefined } = { subject };
  /** Whose offer changed, and the tools that those who are told had and get. */
  const changes: [string, string[]?, string[]?][] = [];
  const failures: string[] = [];
  const namesOf = (snapshot: { tools: readonly object[] }) =>
    snapshot.tools.map((tool) => (tool as { name: string }).name);
  const offers = new ClientOffers({
    clock,
    subject: () => now.subject,
    turns: new Semaphore(4),
    onChange: (key, told) => void changes.push(told ? [key, namesOf(told.before), namesOf(told.after)] : [key]),
    onFailure: (message) => void failures.push(message),
  });
  offers.serves('one', base);
  service.upstream.onClientListChanged?.((key, connection) => offers.changed(key, connection));
  service.tools[keyOf()] = ['common', 'more'];
  return {
    base,
    clock,
    service,
    now,
    offers,
    changes,
    failures,
    shown: (nth = 0) => offers.to(keyOf(nth))?.tools.map(({ name }) => name),
  };
}

describe('what a service offers to clients of one set of capabilities', () => {
  it('is read once for all of them, over one connection, and kept', async () => {
    const { offers, service, shown, changes } = await rig();
    await Promise.all([offers.read(client(0, 'a').caller()), offers.read(client(0, 'b').caller())]);
    expect(offers.read(client(0, 'c').caller())).toBeUndefined();
    expect(service.listed).toEqual([keyOf()]);
    expect(shown()).toEqual(['common', 'more']);
    expect(changes).toEqual([[keyOf(), ['common'], ['common', 'more']]]);
  });

  it('is nothing of its own where it is what everybody is offered', async () => {
    const { offers, shown, changes } = await rig();
    await offers.read(client(1).caller());
    expect(offers.read(client(1).caller())).toBeUndefined();
    expect([shown(1), changes]).toEqual([undefined, []]);
  });

  it('is waited for three seconds from the first who asks; what comes later is told', async () => {
    const { offers, service, clock, changes, shown } = await rig();
    const opening = resolvable();
    service.opening = opening.promise;
    const order: string[] = [];
    const asking = offers.read(client().caller())!.then(() => order.push('first'));
    clock.advance(2 * SECONDS);
    const late = offers.read(client(0, 'late').caller())!.then(() => order.push('late'));
    await settled();
    expect(order).toEqual([]);
    clock.advance(1 * SECONDS);
    await Promise.all([asking, late]);
    expect(shown()).toBeUndefined();
    opening.resolve();
    await settled();
    expect(changes).toEqual([[keyOf(), ['common'], ['common', 'more']]]);
    expect(clock.pending).toBe(0);
  });

  it('is read anew, once for many changes, when the server says so over a connection of theirs', async () => {
    const { offers, service, clock, shown, changes } = await rig();
    await offers.read(client(0).caller());
    await offers.read(client(1).caller());
    for (const tools of [['a'], ['b'], ['c']]) service.change(keyOf(0), tools);
    service.change('nobody asked for it', ['z']);
    clock.advance(1000);
    await settled();
    expect(service.listed).toEqual([keyOf(0), keyOf(1), keyOf(0)]);
    expect(shown(0)).toEqual(['c']);
    expect(changes.at(-1)).toEqual([keyOf(0), ['common', 'more'], ['c']]);
  });

  it('is read again when it changes while it is read', async () => {
    const { offers, service, clock, shown } = await rig();
    const opening = resolvable();
    service.opening = opening.promise;
    const asked = offers.read(client().caller());
    service.change(keyOf(), ['new']);
    opening.resolve();
    await asked;
    await settled();
    clock.advance(1000);
    await settled();
    expect(service.listed).toHaveLength(2);
    expect(shown()).toEqual(['new']);
  });

  it('is read anew by the next who asks after what everybody is offered has changed; until then it stays', async () => {
    const { offers, service, now, shown } = await rig();
    await offers.read(client().caller());
    service.tools[''] = ['other'];
    service.tools[keyOf()] = ['other', 'more'];
    now.subject = { ...now.subject!, base: await service.base() };
    expect(shown()).toEqual(['common', 'more']);
    await offers.read(client().caller());
    expect(shown()).toEqual(['other', 'more']);
  });

  it('is forgotten, and told so, when another generation serves; a new instance of the same one changes nothing', async () => {
    const { base, offers, now, shown, changes } = await rig();
    await offers.read(client().caller());
    offers.serves('one', base);
    expect(shown()).toEqual(['common', 'more']);
    offers.serves('two', base);
    expect(shown()).toBeUndefined();
    expect(changes.at(-1)).toEqual([keyOf(), ['common', 'more'], ['common']]);
    now.subject = undefined;
    expect(offers.read(client().caller())).toBeUndefined();
  });

  it('that was read of a generation which serves no more is told as gone, and read anew', async () => {
    const { base, offers, service, shown, changes } = await rig();
    const opening = resolvable();
    service.opening = opening.promise;
    const asked = offers.read(client().caller());
    offers.serves('two', base);
    opening.resolve();
    await asked;
    expect(shown()).toBeUndefined();
    expect(changes).toEqual([[keyOf(), ['common', 'more'], ['common']]]);
    await offers.read(client().caller());
    expect(shown()).toEqual(['common', 'more']);
  });

  it('is not tried again within a minute where it cannot be read', async () => {
    const { offers, service, clock, failures } = await rig();
    service.opening = Promise.reject(new Error('it takes one client only'));
    await offers.read(client().caller());
    expect(failures).toEqual(['it takes one client only']);
    clock.advance(59 * SECONDS);
    expect(offers.read(client().caller())).toBeUndefined();
    service.opening = undefined;
    clock.advance(1 * SECONDS);
    await offers.read(client().caller());
    expect(service.connected).toHaveLength(2);
  });
});

describe('sets of capabilities', () => {
  it('are eight at most: the one asked for longest ago is forgotten, and nobody told', async () => {
    const { offers, service, shown, changes } = await rig();
    for (let nth = 0; nth < 8; nth++) {
      service.tools[keyOf(nth)] = [`for ${String(nth)}`];
      await offers.read(client(nth).caller());
    }
    expect(offers.read(client(0).caller())).toBeUndefined();
    await offers.read(client(8).caller());
    expect([shown(0), shown(1), shown(2)]).toEqual([['for 0'], undefined, ['for 2']]);
    expect(changes).toContainEqual([keyOf(1)]);
  });

  it('are nothing where all clients share one connection', async () => {
    const { offers, now } = await rig();
    now.subject = { ...now.subject!, session: 'shared' as never };
    expect(offers.read(client().caller())).toBeUndefined();
    now.subject = {
      ...now.subject,
      session: undefined,
      upstream: { ...now.subject.upstream, connectionFor: undefined as never },
    };
    expect(offers.read(client().caller())).toBeUndefined();
  });

  it('end what is under way with the service', async () => {
    const { offers, service, clock, changes, failures } = await rig();
    service.opening = resolvable().promise;
    const reading = offers.read(client().caller());
    offers.close();
    clock.advance(3 * SECONDS);
    await reading;
    expect([changes, failures, clock.pending]).toEqual([[], [], 0]);
  });
});
