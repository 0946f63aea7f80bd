/**
 * What the tests of sinks give their writers, and how a test waits; other modules use it from this
 * module's tests.
 */
package io.millrace.api.testing;
