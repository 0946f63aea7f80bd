package io.millrace.runtime.chain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ClassCopiesTest {
    /** Stands for an operator class. */
    private static Receiver make(Class<? extends Receiver> type, Receiver next) throws Exception {
        return (Receiver) type.getDeclaredConstructors()[0].newInstance(next);
    }

    @Test
    void givesEachPlaceItsOwnClassOfTheSameBehaviour() throws Exception {
        ClassCopies copies = new ClassCopies(true);
        Class<? extends Receiver> first = copies.at("a", CountingReceiver.class);
        Class<? extends Receiver> second = copies.at("b", CountingReceiver.class);

        assertThat(first).isNotSameAs(second).isNotSameAs(CountingReceiver.class);
        assertThat(first.isHidden()).isTrue();
        assertThat(copies.at("a", CountingReceiver.class)).isSameAs(first);

        Receiver end = make(second, null);
        Receiver begin = make(first, end);
        begin.push("x", 1);
        begin.push("y", 2);
        begin.watermark(7);
        assertThat(begin).hasToString("2 records, watermark 7");
        assertThat(end).hasToString("2 records, watermark 7");
    }

    @Test
    void givesTheSharedClassWhenCopiesAreOff() {
        assertThat(new ClassCopies(false).at("a", CountingReceiver.class))
                .isSameAs(CountingReceiver.class);
    }

    @Test
    void fallsBackToTheSharedClassWhenItCannotBeCopied() {
        Class<? extends Receiver> copyOfCopy =
                new ClassCopies(true).at("a", CountingReceiver.class);

        assertThat(new ClassCopies(true).at("b", copyOfCopy)).isSameAs(copyOfCopy);
    }

    /** A copy of it would be made, and fail when it calls its lambda. */
    @Test
    void fallsBackToTheSharedClassWhenItHasALambda() {
        assertThat(new ClassCopies(true).at("a", WithLambda.class)).isSameAs(WithLambda.class);
    }

    static final class WithLambda implements Runnable {
        @Override
        public void run() {
            new java.util.TreeMap<String, Integer>().computeIfAbsent("a", key -> 1);
        }
    }
}
