/**
 * Starts a process of the distribution. Way in: {@link io.millrace.api.launch.Launcher}, named on
 * the command line by {@code bin/millrace} and by container launch commands; nobody calls it. It
 * lives here because it must be at the root of the class loaders, beside the API.
 */
package io.millrace.api.launch;
