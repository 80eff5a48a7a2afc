import { toDataURL } from "qrcode";
import { useLoad } from "../../api/load.ts";

/** Always dark on light, with its margin: cameras do not read the reverse. */
export function QrCode({ text, label }: { readonly text: string; readonly label: string }) {
  const { value } = useLoad(["qrCode", text], () => toDataURL(text, { margin: 4, width: 220 }));
  return <img className="qr-code" src={value} alt={label} width={220} height={220} />;
}
