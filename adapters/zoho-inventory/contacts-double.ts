/** Customers of the Inventory double, with Inventory's habits (wire/04 §3, §5). */
import type { DoubleHandler } from '../double/double-server.ts';
import type { SalesDoubleOptions } from './sales-double.ts';
import { contactDetail, contactRow } from './sales-double-rows.ts';
import type { DoubleContact, SalesStore } from './sales-double-store.ts';
import {
  absent,
  bodyOf,
  failure,
  listAnswer,
  rowsOf,
  success,
  textOf,
  type Wire,
} from './sales-double-wire.ts';

export const contactRoutes = (
  store: SalesStore,
  options: SalesDoubleOptions,
): Record<string, DoubleHandler> => {
  const { contacts } = store;
  const list: DoubleHandler = ({ query }) => {
    const tests = [...query].flatMap(([key, value]) => CONTACT_FILTERS[key]?.(value) ?? []);
    // Without a status only active ones come: the harder of the two habits that were seen.
    if (!query.has('filter_by')) tests.push((contact) => contact.active);
    const wanted = options.ignoresFilters() ? [] : tests;
    const found = [...contacts.values()].filter((contact) => wanted.every((test) => test(contact)));
    return listAnswer('contacts', found.map(contactRow), query);
  };
  const create: DoubleHandler = (request) => {
    const body = bodyOf(request);
    const name = textOf(body, 'contact_name');
    if (name === '' || name.length > 200) return failure(400, 4, 'Invalid value passed for contact_name');
    const holder = [...contacts.values()].find(
      (contact) => contact.name.toLowerCase() === name.toLowerCase(),
    );
    if (holder)
      return failure(400, 3062, `The customer "${name}" already exists. Please specify a different name.`);
    const persons = rowsOf(body, 'contact_persons').map((person) => ({
      firstName: textOf(person, 'first_name'),
      lastName: textOf(person, 'last_name'),
      email: textOf(person, 'email'),
      phone: textOf(person, 'phone'),
      mobile: textOf(person, 'mobile'),
    }));
    const contact: DoubleContact = {
      id: store.nextId(),
      name,
      company: textOf(body, 'company_name'),
      type: textOf(body, 'contact_type') === 'vendor' ? 'vendor' : 'customer',
      active: true,
      address: textOf((body.billing_address ?? {}) as Wire, 'address'),
      createdAt: options.clock.now(),
      persons,
    };
    store.keep(contacts, contact);
    return success(201, 'The contact has been added.', { contact: contactDetail(contact) });
  };
  const setActive =
    (active: boolean): DoubleHandler =>
    ({ params }) => {
      const contact = contacts.get(params.id ?? '');
      if (!contact) return absent;
      contact.active = active;
      return success(200, `The contact has been marked as ${active ? 'active' : 'inactive'}.`, {});
    };
  return {
    'GET /inventory/v1/contacts': list,
    'POST /inventory/v1/contacts': create,
    'GET /inventory/v1/contacts/:id': ({ params }) => {
      const contact = contacts.get(params.id ?? '');
      return contact ? success(200, 'success', { contact: contactDetail(contact) }) : absent;
    },
    'POST /inventory/v1/contacts/:id/active': setActive(true),
    'POST /inventory/v1/contacts/:id/inactive': setActive(false),
  };
};

const digits = (text: string): string => text.replace(/\D/g, '');

const CONTACT_FILTERS: Readonly<Record<string, (value: string) => (contact: DoubleContact) => boolean>> = {
  // Not exact: it also finds what merely contains the digits (wire/04 §5).
  phone: (value) => (contact) =>
    contact.persons.some((person) =>
      [person.phone, person.mobile].some((phone) => digits(phone).includes(digits(value))),
    ),
  email: (value) => (contact) =>
    contact.persons.some((person) => person.email.toLowerCase().includes(value.toLowerCase())),
  contact_name: (value) => (contact) => contact.name.toLowerCase() === value.toLowerCase(),
  filter_by: (value) => (contact) => contact.active === (value === 'Status.Active'),
};
