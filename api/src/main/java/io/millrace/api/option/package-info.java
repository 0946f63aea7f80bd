/**
 * Typed options and the configuration that they read. Way in: {@link io.millrace.api.option.Option}
 * to declare a key, {@link io.millrace.api.option.Config} to resolve it. Immutable; any thread.
 */
package io.millrace.api.option;
