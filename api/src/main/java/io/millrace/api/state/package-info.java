/**
 * What functions keep: the kinds of state, how one is named and described, how long it lives, and
 * where a function gets it.
 *
 * <p>Way in: a {@link io.millrace.api.state.StateDescriptor} names a state, {@link
 * io.millrace.api.state.KeyedStateStore} and {@link io.millrace.api.state.OperatorStateStore} give
 * it. Implemented by the engine. States are confined to the task that owns them; descriptors travel
 * with functions and are confined to whoever holds them.
 */
package io.millrace.api.state;
