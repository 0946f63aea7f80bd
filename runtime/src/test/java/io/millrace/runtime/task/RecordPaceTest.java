package io.millrace.runtime.task;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RecordPaceTest {
    private static final long MS = 1_000_000;

    private final RecordPace pace = new RecordPace();

    @Test
    void beginsWithOne() {
        assertThat(pace.limit()).isEqualTo(1);
    }

    @Test
    void chunksAreWholeWhileRecordsAreQuick() {
        warmUp();

        assertThat(pace.limit()).isEqualTo(256);
    }

    private void warmUp() {
        for (int turn = 0; turn < 8; turn++) {
            pace.onTurn(1000, MS);
        }
    }

    @Test
    void takesAsManyAsFitIntoTwentyMilliseconds() {
        pace.onTurn(256, 256 * MS);

        assertThat(pace.limit()).isEqualTo(20);
    }

    @Test
    void takesOneOfRecordsThatTakeLonger() {
        pace.onTurn(256, 25_600 * MS);

        assertThat(pace.limit()).isEqualTo(1);
    }

    @Test
    void growsAgainWithShortTurns() {
        pace.onTurn(256, 2560 * MS);
        assertThat(pace.limit()).isEqualTo(2);

        pace.onTurn(2, MS);
        assertThat(pace.limit()).isEqualTo(4);
        for (int turn = 0; turn < 10; turn++) {
            pace.onTurn(100, MS);
        }
        assertThat(pace.limit()).isEqualTo(256);
    }

    @Test
    void theRestOfAPieceDoesNotMakeTheNextOnesTooLarge() {
        pace.onTurn(1, 10 * MS);
        pace.onTurn(1, 10 * MS);

        assertThat(pace.limit()).isEqualTo(2);
    }

    @Test
    void aTurnWithoutRecordsSaysNothing() {
        warmUp();

        pace.onTurn(0, 1000 * MS);

        assertThat(pace.limit()).isEqualTo(256);
    }
}
