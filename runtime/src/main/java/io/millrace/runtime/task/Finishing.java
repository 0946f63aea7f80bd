package io.millrace.runtime.task;

import io.millrace.runtime.chain.UserCodeException;
import io.millrace.runtime.message.OperatorCommittables;
import io.millrace.runtime.operator.Operator;
import java.util.ArrayList;
import java.util.List;

/**
 * The end of a chain's operators: each in order emits what it holds, then sinks prepare, then all
 * are closed. Confined to the task.
 */
final class Finishing {
    private final Chain chain;
    private int operator;
    private boolean begun;
    private boolean released;

    /** How far a step came. */
    enum Step {
        /** Nothing can be done before mail or a timer comes. */
        WAITS,
        /** There is more to emit. */
        GOES_ON,
        /** No operator holds anything. */
        DONE
    }

    Finishing(Chain chain) {
        this.chain = chain;
    }

    /** The operators are not opened, and so there is nothing to close. */
    void nothingIsOpen() {
        released = true;
    }

    /** Whether an operator must live until a checkpoint is complete. */
    boolean awaitsCheckpoint() {
        return chain.operators().stream().anyMatch(Operator::awaitsCheckpoint);
    }

    /** Whether an operator has been told that its input is over. */
    boolean hasBegun() {
        return begun;
    }

    /**
     * Lets operators emit as much as the outputs take at once, which must be drained.
     *
     * @param mayWait whether the first operator may put the end off
     */
    Step step(boolean mayWait) {
        List<Operator> operators = chain.operators();
        if (!begun && mayWait && !operators.isEmpty() && !mayEnd(operators.get(0))) {
            chain.flush();
            return Step.WAITS;
        }
        begun = true;
        while (operator < operators.size()) {
            Operator next = operators.get(operator);
            boolean nothingLeft;
            try {
                nothingLeft = next.finish();
            } catch (Throwable e) {
                throw UserCodeException.of(chain.names().get(operator), e);
            }
            if (nothingLeft) {
                operator++;
            }
            if (!nothingLeft && next.awaitsMail()) {
                chain.flush();
                return Step.WAITS;
            }
            if (!nothingLeft || !chain.isDrained()) {
                return Step.GOES_ON;
            }
        }
        return Step.DONE;
    }

    private boolean mayEnd(Operator first) {
        try {
            return first.mayEnd();
        } catch (Throwable e) {
            throw UserCodeException.of(chain.names().get(0), e);
        }
    }

    /** What the sinks have for their committers, after the last step. */
    List<OperatorCommittables> prepare() {
        List<OperatorCommittables> all = new ArrayList<>();
        for (int i = 0; i < chain.operators().size(); i++) {
            try {
                all.addAll(chain.operators().get(i).prepared());
            } catch (Throwable e) {
                throw UserCodeException.of(chain.names().get(i), e);
            }
        }
        return all;
    }

    /** Closes the operators once, the ones before first, all of them also if one fails. */
    void release() {
        if (released) {
            return;
        }
        released = true;
        RuntimeException failure = null;
        for (int i = 0; i < chain.operators().size(); i++) {
            try {
                chain.operators().get(i).release();
            } catch (Throwable e) {
                RuntimeException named = UserCodeException.of(chain.names().get(i), e);
                if (failure == null) {
                    failure = named;
                } else {
                    failure.addSuppressed(named);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
