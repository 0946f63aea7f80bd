package io.millrace.connector.kafka.sink;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import java.util.Set;
import org.apache.kafka.clients.admin.TransactionDescription;
import org.apache.kafka.clients.admin.TransactionState;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TransactionFateTest {
    private static final long PRODUCER = 7;
    private static final short EPOCH = 4;

    @ParameterizedTest
    @CsvSource({
        "7, 4, ONGOING, OPEN",
        "7, 4, PREPARE_COMMIT, COMMITTED",
        "7, 4, COMPLETE_COMMIT, COMMITTED",
        "7, 5, COMPLETE_COMMIT, COMMITTED",
        "7, 4, COMPLETE_ABORT, ABORTED",
        "7, 5, PREPARE_ABORT, ABORTED",
        "7, 5, COMPLETE_ABORT, ABORTED",
        // Of the transaction behind it, or of another producer: no word about ours.
        "7, 5, ONGOING, UNKNOWN",
        "7, 6, COMPLETE_ABORT, UNKNOWN",
        "7, 6, COMPLETE_COMMIT, UNKNOWN",
        "7, 3, COMPLETE_COMMIT, UNKNOWN",
        "8, 4, COMPLETE_COMMIT, UNKNOWN",
        "8, 0, COMPLETE_ABORT, UNKNOWN",
        "7, 5, EMPTY, UNKNOWN",
        "7, 4, EMPTY, UNKNOWN",
    })
    void concludesFromItsOwnEntryOnly(
            long producer, int epoch, TransactionState state, TransactionFate fate) {
        TransactionDescription entry =
                new TransactionDescription(
                        1, state, producer, epoch, 1_000, OptionalLong.empty(), Set.of());
        assertThat(TransactionFate.of(entry, PRODUCER, EPOCH)).isEqualTo(fate);
    }
}
