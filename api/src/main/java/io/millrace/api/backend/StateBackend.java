package io.millrace.api.backend;

import io.millrace.api.checkpoint.SavepointFormatType;
import io.millrace.api.option.Configuration;
import java.io.Serializable;

/** Where a job's keyed state is, as options. */
public interface StateBackend extends Serializable {
    /** For people. */
    default String getName() {
        return getClass().getSimpleName();
    }

    /** Sets the options that this stands for. */
    void writeTo(Configuration values);

    /** Whether it needs memory beside the heap, which is then set aside. */
    default boolean useManagedMemory() {
        return false;
    }

    /** True: a checkpoint that stands alone can be taken of every state. */
    default boolean supportsNoClaimRestoreMode() {
        return true;
    }

    default boolean supportsSavepointFormat(SavepointFormatType formatType) {
        return true;
    }

    /** False: state is at hand without waiting. */
    default boolean supportsAsyncKeyedStateBackend() {
        return false;
    }
}
