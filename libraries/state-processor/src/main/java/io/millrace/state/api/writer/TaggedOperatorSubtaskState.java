package io.millrace.state.api.writer;

/**
 * Says that an operator of the program's own has made all the state of one subtask. Operators emit
 * it at the end of their input. It holds none of that state: the engine takes that from the
 * operator itself, whether it has said so or not. Immutable.
 */
public final class TaggedOperatorSubtaskState {
    public final int index;

    /**
     * @param index of the subtask, from 0
     */
    public TaggedOperatorSubtaskState(int index) {
        this.index = index;
    }
}
