/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ecosystem/ent-map-painter-private.h"

#define HEX(value) { ((value) >> 16 & 255) / 255.0, ((value) >> 8 & 255) / 255.0, ((value) & 255) / 255.0 }

/* Levels have the colors of the level badge (a test holds the two together). The series are hues that stay
 * apart for every kind of color vision, after Okabe and Ito and Tol's "muted" set, at about the same lightness. */
#define LEVELS_LIGHT \
  { HEX (0x77767b), HEX (0x0067a5), HEX (0xb87a00), HEX (0x007f5c), HEX (0xa8508a), HEX (0x6e6d73), HEX (0xb84a00) }
#define LEVELS_DARK \
  { HEX (0x9a9996), HEX (0x5aa9dc), HEX (0xe6ac3c), HEX (0x35b98f), HEX (0xd391b8), HEX (0xa5a5ad), HEX (0xf07f3c) }
#define SERIES_LIGHT \
  { HEX (0x2f6fb3), HEX (0xd08a1d), HEX (0x1f8f6b), HEX (0xb0558f), HEX (0xc2562d), HEX (0x6a5db0), \
    HEX (0x4f9fc4), HEX (0x8a8f2a), HEX (0x99484f), HEX (0x4d7f8c) }
#define SERIES_DARK \
  { HEX (0x6fa8e6), HEX (0xe9b458), HEX (0x4fc49b), HEX (0xd88fc0), HEX (0xee8a63), HEX (0xa79cec), \
    HEX (0x86cbe8), HEX (0xc2c75c), HEX (0xd98a90), HEX (0x86b9c4) }

static const EntMapPalette light =
{
  .background = HEX (0xfcfcfd), .text = HEX (0x1d1d20), .muted_text = HEX (0x5e5c64),
  .edge = HEX (0x5b6b80), .accent = HEX (0x1c71d8), .found = HEX (0xe01b24),
  .plain = HEX (0x9a9ea8), .product = HEX (0x8fa3bd), .program = HEX (0x6d7787),
  .levels = LEVELS_LIGHT, .series = SERIES_LIGHT, .edge_alpha = 0.62,
};

static const EntMapPalette dark =
{
  .background = HEX (0x1d1d20), .text = HEX (0xf6f5f4), .muted_text = HEX (0xb5b3b8),
  .edge = HEX (0xa9b8cc), .accent = HEX (0x78aeed), .found = HEX (0xff938c),
  .plain = HEX (0x7d818b), .product = HEX (0x66788f), .program = HEX (0x9aa4b4),
  .levels = LEVELS_DARK, .series = SERIES_DARK, .edge_alpha = 0.5, .dark = TRUE,
};

static const EntMapPalette light_contrast =
{
  .background = HEX (0xffffff), .text = HEX (0x000000), .muted_text = HEX (0x000000),
  .edge = HEX (0x26303c), .accent = HEX (0x003fa3), .found = HEX (0xb00010),
  .plain = HEX (0x5c5f66), .product = HEX (0x45566d), .program = HEX (0x2f3640),
  .levels = { HEX (0x55545a), HEX (0x00487a), HEX (0x7d4f00), HEX (0x005a41), HEX (0x7e2f63), HEX (0x46454a),
              HEX (0x8a3300) },
  .series = SERIES_LIGHT, .edge_alpha = 0.85, .high_contrast = TRUE,
};

static const EntMapPalette dark_contrast =
{
  .background = HEX (0x000000), .text = HEX (0xffffff), .muted_text = HEX (0xffffff),
  .edge = HEX (0xd5dfec), .accent = HEX (0xa8cfff), .found = HEX (0xffb0aa),
  .plain = HEX (0xb3b6bd), .product = HEX (0xa9bdd8), .program = HEX (0xd5dae2),
  .levels = { HEX (0xc8c7c4), HEX (0x8fcbf5), HEX (0xffcf6e), HEX (0x6fe3be), HEX (0xf3bfdd), HEX (0xcfcfd6),
              HEX (0xffa877) },
  .series = SERIES_DARK, .edge_alpha = 0.8, .dark = TRUE, .high_contrast = TRUE,
};

const EntMapPalette *
ent_map_palette_get (gboolean is_dark,
                     gboolean high_contrast)
{
  if (high_contrast)
    return is_dark ? &dark_contrast : &light_contrast;
  return is_dark ? &dark : &light;
}

double
ent_color_get_luminance (const EntColor *self)
{
  return 0.2126 * self->red + 0.7152 * self->green + 0.0722 * self->blue;
}

EntColor
ent_color_mix (const EntColor *a,
               const EntColor *b,
               double          share)
{
  return (EntColor) {
    a->red + (b->red - a->red) * share,
    a->green + (b->green - a->green) * share,
    a->blue + (b->blue - a->blue) * share,
  };
}
