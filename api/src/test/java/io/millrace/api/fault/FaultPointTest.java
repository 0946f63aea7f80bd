package io.millrace.api.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.testing.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FaultPointTest {
    @AfterEach
    void disarm() {
        System.clearProperty(FaultPoint.CRASH_AT);
        System.clearProperty(FaultPoint.CRASH_HOW);
        System.clearProperty(FaultPoint.REACHED_FILE);
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
    void passesAsOftenAsItIsToldTo() {
        System.setProperty(FaultPoint.CRASH_HOW, "throw");
        System.setProperty(FaultPoint.CRASH_AT, FaultPoint.OUTPUT_RENAMED + ":2");

        assertThatCode(FaultPoint.OUTPUT_RENAMED::hit).doesNotThrowAnyException();
        assertThatCode(FaultPoint.OUTPUT_RENAMED::hit).doesNotThrowAnyException();
        assertThatThrownBy(FaultPoint.OUTPUT_RENAMED::hit).isInstanceOf(SimulatedCrash.class);
        assertThatCode(FaultPoint.OUTPUT_RENAMED::hit).doesNotThrowAnyException();
    }

    @Test
    void failsAsStorageDoes() {
        System.setProperty(FaultPoint.CRASH_HOW, "fail");
        System.setProperty(FaultPoint.CRASH_AT, FaultPoint.OUTPUT_RENAMED.name());

        assertThatThrownBy(FaultPoint.OUTPUT_RENAMED::hit)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("OUTPUT_RENAMED");
    }

    @Test
    void waitsUntilItsFileIsRemoved(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("reached");
        System.setProperty(FaultPoint.CRASH_HOW, "wait");
        System.setProperty(FaultPoint.REACHED_FILE, file.toString());
        System.setProperty(FaultPoint.CRASH_AT, FaultPoint.OUTPUT_RENAMED.name());
        CompletableFuture<Void> passed = CompletableFuture.runAsync(FaultPoint.OUTPUT_RENAMED::hit);
        Await.until("the point is reached", () -> Files.exists(file), reached -> reached);

        assertThat(passed).isNotDone();
        Files.delete(file);

        assertThatCode(() -> passed.get(30, TimeUnit.SECONDS)).doesNotThrowAnyException();
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
