// What a visitor sees and does in each of the examples: they have one surface in common.
export class Characters {
  constructor(page) {
    this.page = page;
    this.items = page.getByRole('list', { name: 'Characters' }).locator('> li');
    this.more = page.getByRole('button', { name: 'More', exact: true });
    this.alert = page.getByRole('alert');
    this.section = page.getByRole('region', { name: 'Character', exact: true });
    this.refresh = this.section.getByRole('button', { name: 'Refresh' });
  }

  // shows waits until the list says how long it is, or an error shows, and gives what is said.
  async shows(count, total) {
    const said = count < total ? `${count} characters` : `${total} characters, all of them`;
    const status = this.page.getByRole('status').filter({ hasText: new RegExp(`^${said}$`) });
    await status.or(this.alert).first().waitFor();
    if (await this.alert.count()) throw new Error(`instead of “${said}”: ${await this.alert.first().innerText()}`);
    return said;
  }

  async choose(name) {
    await this.items.getByRole('button').filter({ hasText: name }).first().click();
    const refresh = await this.refresh.elementHandle();
    // Until then what a list has brought may be all there is.
    await this.page.waitForFunction((button) => !button.disabled, refresh);
  }
}
