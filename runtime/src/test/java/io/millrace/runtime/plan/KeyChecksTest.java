package io.millrace.runtime.plan;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.error.MillraceException;
import io.millrace.api.tuple.Tuple2;
import java.time.DayOfWeek;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class KeyChecksTest {
    private static final class Plain {}

    private record Good(String name, int number) {}

    private record Week(DayOfWeek day, int number) {}

    private record Outer(Week week) {}

    private record Holder(Plain plain) {}

    @Test
    void acceptsWhatHashesItsContents() {
        for (Object key :
                List.of(
                        "a",
                        1,
                        1L,
                        2.0,
                        UUID.randomUUID(),
                        new Good("a", 1),
                        List.of("a"),
                        Tuple2.of("a", 1),
                        DayOfWeek.MONDAY)) {
            assertThatCode(() -> KeyChecks.requireHashOfContents(key)).doesNotThrowAnyException();
        }
    }

    @Test
    void namesAClassThatInheritsTheHashOfObject() {
        assertThatThrownBy(() -> KeyChecks.requireHashOfContents(new Plain()))
                .isInstanceOf(MillraceException.class)
                .hasMessageStartingWith(
                        "USER_CODE_FAILED: the hashCode of " + Plain.class.getName())
                .hasMessageContaining("Give the class equals and hashCode");
    }

    @Test
    void findsSuchAClassInsideATupleOrRecord() {
        assertThatThrownBy(() -> KeyChecks.requireHashOfContents(Tuple2.of("a", new Plain())))
                .hasMessageContaining("inside the key (io.millrace.api.tuple.Tuple2)");
        assertThatThrownBy(() -> KeyChecks.requireHashOfContents(new Holder(new Plain())))
                .hasMessageContaining("inside the key (" + Holder.class.getTypeName());
        assertThatThrownBy(() -> KeyChecks.requireHashOfContents(Tuple2.of(1, new int[1])))
                .hasMessageContaining("int[]");
    }

    @Test
    void acceptsEnumsWhichAreHashedByName() {
        assertThatCode(() -> KeyChecks.requireHashOfContents(Tuple2.of(DayOfWeek.MONDAY, 1)))
                .doesNotThrowAnyException();
        assertThatCode(
                        () ->
                                KeyChecks.requireHashOfContents(
                                        new Outer(new Week(DayOfWeek.MONDAY, 1))))
                .doesNotThrowAnyException();
    }
}
