import type { Pictures } from "#app/domain/pictures.ts";

/**
 * Cloudflare Images. Only one side is given, because what stands in for it locally (sharp, through miniflare 4.20260701) pads where
 * production crops. Locally a damaged picture comes back empty, in production it throws.
 */
export const cloudflareImages = (images: ImagesBinding): Pictures => ({
  small: async (bytes, size) => {
    try {
      const drawn = await images.input(new Blob([bytes as Uint8Array<ArrayBuffer>]).stream()).transform({ ...size, fit: "scale-down" }).output({ format: "image/webp", quality: 80 });
      const small = new Uint8Array(await drawn.response().arrayBuffer());
      return small.length > 0 ? small : null;
    } catch (error) {
      // 94xx and 9520: what Images says of the picture itself. Whatever else it throws is an outage.
      const { code } = error as Partial<ImagesError>;
      if (code !== undefined && (code === 9520 || (code >= 9400 && code < 9500))) return null;
      throw error;
    }
  },
});
