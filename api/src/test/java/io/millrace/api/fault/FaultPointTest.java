package io.millrace.api.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FaultPointTest {
    @AfterEach
    void disarm() {
        System.clearProperty(FaultPoint.CRASH_AT);
        System.clearProperty(FaultPoint.CRASH_HOW);
    }

    @Test
    void doesNothingUnlessItIsAsked() {
        for (FaultPoint point : FaultPoint.values()) {
            assertThatCode(point::hit).doesNotThrowAnyException();
        }
    }

    @Test
    void crashesOnceAtThePointThatWasNamed() {
        System.setProperty(FaultPoint.CRASH_HOW, "throw");
        System.setProperty(FaultPoint.CRASH_AT, FaultPoint.OUTPUT_RENAMED.name());

        assertThatCode(FaultPoint.OUTPUT_BEFORE_RENAME::hit).doesNotThrowAnyException();
        assertThatThrownBy(FaultPoint.OUTPUT_RENAMED::hit).isInstanceOf(SimulatedCrash.class);
        assertThatCode(FaultPoint.OUTPUT_RENAMED::hit).doesNotThrowAnyException();
    }

    @Test
    void everyPointIsOfARoom() {
        int points = 0;
        for (FaultPoint.Room room : FaultPoint.Room.values()) {
            assertThat(FaultPoint.of(room)).isNotEmpty();
            points += FaultPoint.of(room).size();
        }
        assertThat(points).isEqualTo(FaultPoint.values().length);
    }
}
