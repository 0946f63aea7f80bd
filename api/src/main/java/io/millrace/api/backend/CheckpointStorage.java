package io.millrace.api.backend;

import io.millrace.api.option.Configuration;
import java.io.Serializable;

/** Where a job's checkpoints are written, as options. */
public interface CheckpointStorage extends Serializable {
    /** Sets the options that this stands for. */
    void writeTo(Configuration values);
}
