/**
 * Sets of numbers that need little memory. Way in: {@link
 * io.millrace.api.type.bitmap.Bitmap#empty}. Confined to their owner.
 */
package io.millrace.api.type.bitmap;
