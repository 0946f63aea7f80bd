package io.millrace.api.operator;

import java.io.Serializable;

/** Some of an operator's inputs, which are counted from 1 to 64. Immutable. */
public final class InputSelection implements Serializable {
    private static final long serialVersionUID = 1L;

    /** What the methods that choose an input say if there is none. */
    public static final int NONE_AVAILABLE = -1;

    public static final InputSelection ALL = new InputSelection(-1);
    public static final InputSelection FIRST = new Builder().select(1).build();
    public static final InputSelection SECOND = new Builder().select(2).build();

    private final long inputMask;

    private InputSelection(long inputMask) {
        this.inputMask = inputMask;
    }

    /** A bit for each input, the lowest for the first. */
    public long getInputMask() {
        return inputMask;
    }

    /**
     * @param inputId from 1
     */
    public boolean isInputSelected(int inputId) {
        return (inputMask & bit(inputId)) != 0;
    }

    /** Whether all inputs that there can be are selected. */
    public boolean areAllInputsSelected() {
        return inputMask == -1;
    }

    private static long bit(int inputId) {
        if (inputId < 1 || inputId > Long.SIZE) {
            throw new IllegalArgumentException(
                    "Inputs are counted from 1 to "
                            + Long.SIZE
                            + ", so there is no "
                            + inputId
                            + ".");
        }
        return 1L << (inputId - 1);
    }

    /**
     * The selected and available input after the one read last, going round; {@link
     * #NONE_AVAILABLE} if there is none.
     *
     * @param availableInputsMask a bit for each of two inputs
     * @param lastReadInputIndex from 0
     * @return from 0
     */
    public int fairSelectNextIndexOutOf2(int availableInputsMask, int lastReadInputIndex) {
        return fairSelectNextIndexOutOf2((int) inputMask, availableInputsMask, lastReadInputIndex);
    }

    /** The same for any selection. */
    public static int fairSelectNextIndexOutOf2(
            int selectionMask, int availableInputsMask, int lastReadInputIndex) {
        return fairSelectNextIndex(
                selectionMask & 3L, availableInputsMask & 3L, lastReadInputIndex);
    }

    /** The same for any number of inputs. */
    public int fairSelectNextIndex(long availableInputsMask, int lastReadInputIndex) {
        return fairSelectNextIndex(inputMask, availableInputsMask, lastReadInputIndex);
    }

    /** The same for any selection and any number of inputs. */
    public static int fairSelectNextIndex(
            long inputMask, long availableInputsMask, int lastReadInputIndex) {
        long candidates = inputMask & availableInputsMask;
        if (candidates == 0) {
            return NONE_AVAILABLE;
        }
        int after = lastReadInputIndex + 1;
        long later = after >= Long.SIZE ? 0 : candidates & -1L << after;
        return Long.numberOfTrailingZeros(later == 0 ? candidates : later);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof InputSelection that && inputMask == that.inputMask;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(inputMask);
    }

    @Override
    public String toString() {
        return String.valueOf(inputMask);
    }

    /** Collects inputs. Not thread-safe. */
    public static final class Builder {
        private long inputMask;

        /** Begins with the inputs of a selection. */
        public static Builder from(InputSelection selection) {
            Builder builder = new Builder();
            builder.inputMask = selection.inputMask;
            return builder;
        }

        /**
         * @param inputId from 1
         */
        public Builder select(int inputId) {
            inputMask |= bit(inputId);
            return this;
        }

        public InputSelection build() {
            return new InputSelection(inputMask);
        }

        /** {@link #ALL} if every one of so many inputs was selected. */
        public InputSelection build(int inputCount) {
            long all = inputCount >= Long.SIZE ? -1L : (1L << inputCount) - 1;
            return (inputMask & all) == all ? ALL : build();
        }
    }
}
