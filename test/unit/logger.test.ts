import { createLogger } from '../../src/logger';

/** What one call writes, parsed. */
function logged(log: (logger: ReturnType<typeof createLogger>) => void): Record<string, unknown> {
  let line = '';
  log(
    createLogger('info', {
      write: (text: string) => {
        line += text;
      },
    }),
  );
  return JSON.parse(line);
}

describe('the logs', () => {
  it('name what failed and where, without the words an error quotes', () => {
    const failed = (): unknown => {
      try {
        return JSON.parse('my neighbour Jo Bloggs');
      } catch (error) {
        return new Error('turn for jo@example.org', { cause: error });
      }
    };
    const line = logged((logger) => logger.error({ err: failed(), route: '/x' }, 'request failed'));
    expect(line).toMatchObject({
      route: '/x',
      msg: 'request failed',
      err: { name: 'Error', cause: { name: 'SyntaxError' } },
    });
    expect(JSON.stringify(line)).not.toMatch(/Bloggs|jo@example/);
    expect(JSON.stringify(line)).toContain('logger.test.ts');
  });

  it('cut out fields that should never have come here', () => {
    const line = logged((logger) => logger.info({ text: 'my bin', conversation: { phone: '+447700900123' } }, 'odd'));
    expect(JSON.stringify(line)).not.toMatch(/my bin|900123/);
  });
});
