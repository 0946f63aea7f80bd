package io.millrace.connector.kafka.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.stream.JobID;
import org.junit.jupiter.api.Test;

class TransactionIdsTest {
    private final JobID job = new JobID();

    private TransactionIds ids(JobID job, String operator, int subtask) {
        return TransactionIds.of("a-prefix", job, operator, subtask);
    }

    @Test
    void noTwoWritersShareAnId() {
        assertThat(ids(job, "sink", 0).numbered(0)).isNotEqualTo(ids(job, "sink", 0).numbered(0));
    }

    @Test
    void idsOfEarlierAttemptsAreLeftBehind() {
        TransactionIds mine = ids(job, "sink", 1);
        assertThat(mine.isLeftBehind(ids(job, "sink", 1).numbered(7), 1, 2)).isTrue();
        assertThat(mine.isLeftBehind(ids(job, "sink", 5).numbered(7), 1, 2)).isTrue();
    }

    @Test
    void idsOfOthersAreNot() {
        TransactionIds mine = ids(job, "sink", 1);
        assertThat(mine.isLeftBehind(mine.numbered(0), 1, 2)).isFalse();
        assertThat(mine.isLeftBehind(ids(job, "sink", 0).numbered(0), 1, 2)).isFalse();
        assertThat(mine.isLeftBehind(ids(job, "sink", 4).numbered(0), 1, 2)).isFalse();
        assertThat(mine.isLeftBehind(ids(job, "other", 1).numbered(0), 1, 2)).isFalse();
        assertThat(mine.isLeftBehind(ids(new JobID(), "sink", 1).numbered(0), 1, 2)).isFalse();
        assertThat(mine.isLeftBehind("a-prefix", 1, 2)).isFalse();
        assertThat(mine.isLeftBehind(mine.operatorScope() + "x-1", 1, 2)).isFalse();
    }
}
