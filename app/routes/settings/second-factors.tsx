export default function NotYet() {
  return null;
}
