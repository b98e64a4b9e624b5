// What cannot be right in a typed field, in words for the person.

/** An address that cannot receive mail. */
export const emailFault = (text) =>
  /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text) ? null : "Please write an email address, such as ana@example.com.";

/** Something that is no web address. */
export function urlFault(text) {
  return /^https?:\/\/[^\s/.]+[^\s]*$/i.test(text) ? null : "Please write a web address that starts with https://.";
}

/** A number out of its range, or none at all. */
export function numberFault(text, { is_decimal_allowed, min_value, max_value }) {
  const pattern = is_decimal_allowed ? /^-?\d+([.,]\d+)?$/ : /^-?\d+$/;
  if (!pattern.test(text.trim())) return is_decimal_allowed ? "Please write a number." : "Please write a whole number.";
  const number = Number(text.replace(",", "."));
  if (min_value !== undefined && min_value !== null && number < Number(min_value))
    return `Please write ${min_value} or more.`;
  if (max_value !== undefined && max_value !== null && number > Number(max_value))
    return `Please write ${max_value} or less.`;
  return null;
}
