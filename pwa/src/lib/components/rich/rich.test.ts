import { describe, expect, it } from 'vitest';
import { parseHtml } from './html';
import { parseMarkdown } from './markdown';
import { plain, safeHref, type RichNode } from './nodes';
import { writeNodes, writePage } from './write';

const tags = (nodes: RichNode[]): string[] =>
  nodes.flatMap((node) => (typeof node === 'string' ? [] : [node.tag, ...tags(node.children)]));

describe('HTML of the catalogue', () => {
  it('keeps paragraphs, lists and links', () => {
    const nodes = parseHtml(
      '<p>Hello <b>you</b></p><ul><li>one<li>two</ul><a href="https://example.org">more</a>',
    );
    expect(tags(nodes)).toEqual(['p', 'strong', 'ul', 'li', 'li', 'a']);
    expect(plain(nodes)).toBe('Hello you one two more');
  });

  it('lets no script, style or handler through, whatever the spelling', () => {
    for (const evil of [
      '<script>alert(1)</script>safe',
      '<ScRiPt src=x></sCrIpT>safe',
      '<style>a{}</style>safe',
      '<img src=x onerror=alert(1)>safe',
      '<svg onload=alert(1)><p>x</p></svg>safe',
      '<iframe srcdoc="<p>x</p>"></iframe>safe',
    ]) {
      const nodes = parseHtml(evil);
      expect(tags(nodes)).toEqual([]);
      expect(plain(nodes)).toBe('safe');
    }
  });

  it('follows links to the web and to mailboxes only', () => {
    expect(safeHref('javascript:alert(1)')).toBeUndefined();
    expect(safeHref(' JaVaScRiPt:alert(1)')).toBeUndefined();
    expect(safeHref('data:text/html,x')).toBeUndefined();
    expect(safeHref('//evil.example')).toBeUndefined();
    expect(safeHref('https://example.org/a')).toBe('https://example.org/a');
    const [link] = parseHtml('<a href="java&#115;cript:alert(1)">x</a>');
    expect(link).toMatchObject({ tag: 'a', href: undefined });
  });

  it('reads character references and what is left open', () => {
    expect(plain(parseHtml('Caf&eacute; &amp; &#233; &#x2013; <p>open <em>twice'))).toBe(
      'Caf&eacute; & é – open twice',
    );
  });

  it('stays shallow on hostile input', () => {
    const depth = (nodes: RichNode[]): number =>
      Math.max(0, ...nodes.map((node) => (typeof node === 'string' ? 0 : 1 + depth(node.children))));
    expect(depth(parseHtml('<ul><li>'.repeat(10_000)))).toBeLessThan(20);
    expect(depth(parseMarkdown('**'.repeat(20_000) + '['.repeat(20_000)))).toBeLessThan(20);
  });
});

describe('Markdown of instructions', () => {
  it('reads headings, lists, emphasis, code and links', () => {
    const nodes = parseMarkdown(
      '# How\n\nFirst **read**\nit.\n\n1. one\n2. two\n\n- a\n  more\n\n```\nx < y\n```\n[web](https://example.org)',
    );
    expect(tags(nodes)).toEqual(['h3', 'p', 'strong', 'ol', 'li', 'li', 'ul', 'li', 'pre', 'p', 'a']);
    expect(plain(nodes)).toBe('How First read it. one two a more x < y web');
  });

  it('makes a bare address a link, without the full stop after it', () => {
    const [paragraph] = parseMarkdown('See https://example.org/a_b. Then go.');
    expect(paragraph).toMatchObject({
      children: ['See ', { tag: 'a', href: 'https://example.org/a_b' }, '. Then go.'],
    });
  });

  it('drops markup that hides in it', () => {
    expect(tags(parseMarkdown('a <img src=x onerror=alert(1)> b <script>x</script>'))).toEqual(['p']);
  });
});

describe('Markdown of people', () => {
  it('keeps the lines as they were typed', () => {
    expect(writeNodes(parseMarkdown('Ilze Liepa\nSkolas iela 3\n\nCēsis', true))).toBe(
      '<p>Ilze Liepa<br>Skolas iela 3</p><p>Cēsis</p>',
    );
  });
});

describe('a page written to a file', () => {
  it('says what the screen says', () => {
    const nodes = parseMarkdown('## Who\n\n- **we**\n- [you](https://example.org/?a=1&b=2)');
    expect(writeNodes(nodes)).toBe(
      '<h3>Who</h3><ul><li><strong>we</strong></li><li><a href="https://example.org/?a=1&amp;b=2">you</a></li></ul>',
    );
  });

  it('lets nothing become markup that was not', () => {
    const page = writePage('</title><script>alert(1)</script>', 'en"><script>', [
      '<script>alert(1)</script>',
      { tag: 'a', href: 'https://example.org/"onclick="alert(1)', children: ['x'] },
    ]);
    expect(page).not.toContain('<script>');
    expect(page).not.toContain('"onclick');
  });
});
