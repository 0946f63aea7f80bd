/**
 * States of a keyed stream whose calls give futures. Here state is at hand without waiting, so each
 * future is complete when it is given, and what is hung onto it runs at once, on the task's thread.
 * A function that is written for futures works as it is; one that is written anew needs none.
 *
 * <p>Way in: {@code RuntimeContext.getState} with a descriptor of this package. A state is the same
 * as that of {@link io.millrace.api.state} with its name and kind. Confined to the task.
 */
package io.millrace.api.state.v2;
