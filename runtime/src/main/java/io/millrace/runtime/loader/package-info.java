/**
 * Three levels of class loaders: the root (the API and logging), below it the engine, a loader for
 * each plugin and one for each job, which do not see each other except that a job sees the packages
 * that plugins export. Way in: {@link io.millrace.runtime.loader.Plugins}, {@link
 * io.millrace.runtime.loader.UserLoaders}. Thread-safe. Design: {@code
 * docs/design/class-loading.md}.
 */
package io.millrace.runtime.loader;
