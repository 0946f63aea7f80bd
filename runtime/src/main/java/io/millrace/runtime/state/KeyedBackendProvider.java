package io.millrace.runtime.state;

import java.util.List;

/** A kind of state back end, found as a service of the engine. Stateless; any thread. */
public interface KeyedBackendProvider {
    /** As in {@code state.backend.type}, such as {@code heap}. */
    String name();

    /** Other names that are accepted. */
    default List<String> aliases() {
        return List.of();
    }

    /**
     * Makes a back end and reads what is to be restored. Called on the task's thread, before the
     * operator opens.
     *
     * @throws io.millrace.api.error.MillraceException {@code CHECKPOINT_FILE_CORRUPT} naming the
     *     file, {@code SCHEMA_INCOMPATIBLE} naming the state
     */
    KeyedBackend create(KeyedBackendRequest request) throws Exception;
}
