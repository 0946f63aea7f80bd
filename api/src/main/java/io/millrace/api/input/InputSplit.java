package io.millrace.api.input;

import java.io.Serializable;

/** A part of an input that one subtask reads. Travels by Java serialization. */
public interface InputSplit extends Serializable {
    /** From 0; unique among the splits that were made together. */
    int getSplitNumber();
}
