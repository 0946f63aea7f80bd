package io.millrace.runtime.operator.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.function.AggregateFunction;
import io.millrace.api.function.ReduceFunction;
import io.millrace.api.type.TypeInformation;
import io.millrace.runtime.serde.JobSerializers;
import io.millrace.runtime.serde.Serializer;
import org.junit.jupiter.api.Test;

class MergeProbeTest {
    private static final JobSerializers SERIALIZERS =
            new JobSerializers(MergeProbeTest.class.getClassLoader());

    private static boolean merges(AggregateFunction<Event, TestFunctions.Sum, String> function) {
        return merges(
                Fold.of(function, SERIALIZERS.of(TypeInformation.of(TestFunctions.Sum.class))));
    }

    private static boolean merges(ReduceFunction<Event> function) {
        return merges(Fold.of(function, SERIALIZERS.of(TypeInformation.of(Event.class)), null));
    }

    private static boolean merges(Fold fold) {
        Serializer<Object> copier = null; // events cannot change
        return new MergeProbe(fold, copier).merges(new Event("a", 3));
    }

    /** What a program has that never thought of merging. */
    private static final class Merging extends TestFunctions.NeverMerged {
        private static final long serialVersionUID = 1L;

        private final int argument;

        Merging(int argument) {
            this.argument = argument;
        }

        @Override
        public TestFunctions.Sum merge(TestFunctions.Sum a, TestFunctions.Sum b) {
            return switch (argument) {
                case 1 -> a;
                case 2 -> b;
                default -> throw new UnsupportedOperationException("not merged");
            };
        }
    }

    @Test
    void aMergeThatAddsIsBelieved() {
        assertThat(merges(new TestFunctions.SumUp())).isTrue();
    }

    @Test
    void aMergeThatNobodyHasWrittenIsNot() {
        assertThat(merges(new TestFunctions.NeverMerged())).isFalse();
        assertThat(merges(new Merging(1))).isFalse();
        assertThat(merges(new Merging(2))).isFalse();
        assertThat(merges(new Merging(3))).isFalse();
    }

    @Test
    void reducingMustBeAssociative() {
        assertThat(merges((a, b) -> new Event(a.key(), a.id() + b.id()))).isTrue();
        assertThat(merges((a, b) -> a.id() > b.id() ? a : b)).isTrue();
        assertThat(merges((a, b) -> new Event(a.key(), a.id() + 1))).isFalse();
        assertThat(merges((a, b) -> new Event(a.key(), a.id() - b.id()))).isFalse();
        assertThat(merges((a, b) -> null)).isFalse();
    }
}
