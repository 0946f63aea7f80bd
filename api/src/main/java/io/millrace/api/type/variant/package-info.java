/**
 * Values whose type is found in each value: numbers, texts, times, arrays and objects. Way in:
 * {@link io.millrace.api.type.variant.Variant#newBuilder}. Immutable, but for builders.
 */
package io.millrace.api.type.variant;
