package io.millrace.api.operator;

/** An operator that wants to hear of the end of each of its inputs. */
public interface BoundedMultiInput {
    /**
     * Called once for each input after its last record, when others may go on.
     *
     * @param inputId 1 for the first input, 2 for the second, and so on
     */
    void endInput(int inputId) throws Exception;
}
