/** Whose portal is away, for people. */
export interface MaintenanceTexts {
  /** Name that citizens type. */
  readonly domain: string;

  /** What the agency is called. */
  readonly agency: { readonly vi: string; readonly en: string };
}

/**
 * What citizens see while a portal is away, in Vietnamese and English: one small page that asks for nothing else, since
 * nothing else is there.
 */
export function maintenanceHtml({ domain, agency }: MaintenanceTexts): string {
  const [vi, en, name] = [agency.vi, agency.en, domain].map(escape);
  return `<!doctype html>
<html lang="vi">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">
<title>Tạm ngừng phục vụ · Temporarily unavailable</title>
<link rel="icon" href="data:,">
<style>
:root { color-scheme: light dark; }
body { margin: 0 auto; max-width: 36rem; padding: 12vh 1.5rem; font: 1.125rem/1.6 system-ui, sans-serif; }
h1, h2 { margin: 0; font-size: 1.5rem; line-height: 1.3; }
section + section { margin-top: 2.5rem; border-top: 1px solid; padding-top: 2.5rem; }
</style>
</head>
<body>
<main>
<section>
<p>${vi}</p>
<h1>Cổng ${name} đang tạm ngừng phục vụ</h1>
<p>Chúng tôi đang khắc phục. Xin quý vị vui lòng quay lại sau ít phút.</p>
</section>
<section lang="en">
<p>${en}</p>
<h2>${name} is temporarily unavailable</h2>
<p>We are working on it. Please come back in a few minutes.</p>
</section>
</main>
</body>
</html>
`;
}

/** Also what begins templates of Terraform, which the page passes through. */
function escape(text: string): string {
  return text.replace(/[&<>"'$%]/g, (character) => `&#${character.charCodeAt(0)};`);
}
