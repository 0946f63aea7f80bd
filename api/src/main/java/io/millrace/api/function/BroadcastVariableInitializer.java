package io.millrace.api.function;

/**
 * Makes what a function keeps of a broadcast variable. Part of the {@link RuntimeContext}'s
 * signature; data streams have no broadcast variables, see {@link
 * RuntimeContext#getBroadcastVariable}.
 */
@FunctionalInterface
public interface BroadcastVariableInitializer<T, O> {
    O initializeBroadcastVariable(Iterable<T> data);
}
