/**
 * What a machine has beside cores and memory. Way in: {@link
 * io.millrace.api.function.RuntimeContext#getExternalResourceInfos}. Immutable values.
 */
package io.millrace.api.resource;
