package io.millrace.runtime.operator;

/** What an interval join keeps of one key. Confined to the task, but for what is frozen. */
record JoinSides(JoinBuffer left, JoinBuffer right) {
    JoinSides() {
        this(new JoinBuffer(), new JoinBuffer());
    }

    boolean isEmpty() {
        return left.isEmpty() && right.isEmpty();
    }
}
