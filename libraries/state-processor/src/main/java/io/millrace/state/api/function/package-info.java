/**
 * What programs implement to read state or to make some. Called on the thread of a task, as every
 * function is.
 */
package io.millrace.state.api.function;
