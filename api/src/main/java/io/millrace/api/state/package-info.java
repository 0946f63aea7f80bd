/**
 * What functions and connectors keep across failures. Way in: {@link
 * io.millrace.api.state.CheckpointListener}. Called on the thread of whoever owns the state.
 */
package io.millrace.api.state;
