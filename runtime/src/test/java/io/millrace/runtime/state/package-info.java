/**
 * What every keyed back end must do, for the tests of each: a subclass of {@code
 * KeyedBackendContract} makes the back end. Threads: confined to the test.
 */
package io.millrace.runtime.state;
