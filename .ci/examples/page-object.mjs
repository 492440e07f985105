// The page object of the examples, which share one user interface.
export class Characters {
  constructor(page) {
    this.page = page;
    this.items = page.getByRole('list', { name: 'Characters' }).locator('> li');
    this.search = page.getByRole('searchbox', { name: 'Search', exact: true });
    this.more = page.getByRole('button', { name: 'More', exact: true });
    this.alert = page.getByRole('alert');
    this.section = page.getByRole('region', { name: 'Character', exact: true });
    this.refresh = this.section.getByRole('button', { name: 'Refresh' });
  }

  // waitForCount waits until the list reports its length, or an error is shown. It returns the status message.
  waitForCount(count, total) {
    return this.waitForStatus(count < total ? `${count} characters` : `${total} characters, all of them`);
  }

  async waitForStatus(message) {
    const status = this.page.getByRole('status').filter({ hasText: new RegExp(`^${message}$`) });
    await status.or(this.alert).first().waitFor();
    if (await this.alert.count()) throw new Error(`instead of “${message}”: ${await this.alert.first().innerText()}`);
    return message;
  }

  async select(name) {
    await this.items.getByRole('button').filter({ hasText: name }).first().click();
    const refresh = await this.refresh.elementHandle();
    // While the button is disabled, the section may hold only the fields of the list.
    await this.page.waitForFunction((button) => !button.disabled, refresh);
  }
}
