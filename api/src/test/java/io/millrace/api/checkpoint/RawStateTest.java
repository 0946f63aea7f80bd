package io.millrace.api.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class RawStateTest {
    @Test
    void keepsPartitionsApart() throws Exception {
        var out = new OperatorStateCheckpointOutputStream();
        out.startNewPartition();
        out.write(1);
        out.startNewPartition();
        out.write(new byte[] {2, 3});

        assertThat(out.getNumberOfPartitions()).isEqualTo(2);
        assertThat(out.partitions()).containsExactly(new byte[] {1}, new byte[] {2, 3});
    }

    @Test
    void writesOnePartitionIfNoneIsBegun() throws Exception {
        var out = new OperatorStateCheckpointOutputStream();
        out.write(1);

        assertThat(out.partitions()).containsExactly(new byte[] {1});
    }

    @Test
    void keepsKeyGroupsApart() throws Exception {
        var out = new KeyedStateCheckpointOutputStream(4, 7);
        out.startNewKeyGroup(5);
        out.write(1);
        out.startNewKeyGroup(4);
        out.write(2);

        assertThat(out.getCurrentKeyGroup()).isEqualTo(4);
        assertThat(out.isKeyGroupAlreadyFinished(5)).isTrue();
        assertThat(out.isKeyGroupAlreadyFinished(4)).isFalse();
        assertThat(out.keyGroups().keySet()).containsExactly(4, 5);
        assertThat(out.keyGroups().get(5)).containsExactly(1);
    }

    @Test
    void refusesAKeyGroupOfAnotherSubtaskOrOneBegunBefore() throws Exception {
        var out = new KeyedStateCheckpointOutputStream(4, 7);
        out.startNewKeyGroup(5);

        assertThatThrownBy(() -> out.startNewKeyGroup(8))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("4 to 7");
        assertThatThrownBy(() -> out.startNewKeyGroup(5)).isInstanceOf(IOException.class);
    }

    @Test
    void refusesBytesBeforeAKeyGroupAndAfterTheEnd() {
        var out = new KeyedStateCheckpointOutputStream(4, 7);
        assertThatThrownBy(() -> out.write(1)).hasMessageContaining("startNewKeyGroup()");

        out.close();

        assertThatThrownBy(() -> out.startNewKeyGroup(4))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("complete");
    }

    @Test
    void tellsWhyAPartitionCannotBeRead() {
        var lost = new StatePartitionStreamProvider(new IOException("no such block"));

        assertThatThrownBy(lost::getStream)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no such block");
    }
}
