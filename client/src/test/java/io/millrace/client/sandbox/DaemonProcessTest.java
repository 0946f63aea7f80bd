package io.millrace.client.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.client.sandbox.SandboxStatus.DaemonStatus;
import io.millrace.client.sandbox.SandboxStatus.State;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DaemonProcessTest {
    @TempDir Path directory;

    @Test
    void findsTheProcessThatItRecorded() throws Exception {
        DaemonProcess self = DaemonProcess.of(Daemon.NAMENODE, ProcessHandle.current());
        Path record = directory.resolve("namenode.properties");
        self.record(record);
        DaemonProcess read = DaemonProcess.recorded(Daemon.NAMENODE, record).orElseThrow();
        assertThat(read.find()).contains(ProcessHandle.current());
    }

    @Test
    void takesNoOtherProcessWithTheSameIdForIt() {
        DaemonProcess earlier =
                new DaemonProcess(
                        Daemon.NAMENODE,
                        ProcessHandle.current().pid(),
                        ProcessHandle.current()
                                .info()
                                .startInstant()
                                .orElseThrow()
                                .minusSeconds(60));
        assertThat(earlier.find()).isEmpty();
    }

    @Test
    void hasNoRecordInADamagedFile() throws Exception {
        Path record = Files.writeString(directory.resolve("x"), "pid=abc\n");
        assertThat(DaemonProcess.recorded(Daemon.DATANODE, record)).isEmpty();
        assertThat(DaemonProcess.recorded(Daemon.DATANODE, directory.resolve("none"))).isEmpty();
    }

    @Test
    void aSandboxThatNeverStartedIsStopped() {
        Sandbox sandbox = new Sandbox(directory.resolve("new"), directory, line -> {});
        assertThat(sandbox.status().stopped()).isTrue();
        assertThat(sandbox.status().ready()).isFalse();
        assertThat(sandbox.stop()).isZero();
    }

    @Test
    void aBrokerWhoseJarsAreNotThereIsNamedBeforeAnythingStarts() throws Exception {
        Path libraries = Files.createDirectories(directory.resolve("sandbox/lib"));
        Path jars = directory.resolve("kafka-3");
        Sandbox sandbox = new Sandbox(directory.resolve("new"), libraries, jars, line -> {});
        assertThatThrownBy(
                        () ->
                                sandbox.start(
                                        Duration.ofSeconds(1), new SandboxParts(true, false, null)))
                .hasMessageStartingWith("CLUSTER_NOT_CONFIGURED: ")
                .hasMessageContainingAll(jars.toString(), "--kafka-jars");
        assertThat(sandbox.status().stopped()).isTrue();
    }

    @Test
    void printsItsStatusForPeopleAndPrograms() {
        SandboxStatus status =
                new SandboxStatus(
                        directory,
                        directory.resolve("conf"),
                        List.of(
                                new DaemonStatus(
                                        Daemon.ZOOKEEPER,
                                        State.READY,
                                        42,
                                        "localhost:21000",
                                        90L << 20,
                                        directory.resolve("zookeeper.log")),
                                new DaemonStatus(
                                        Daemon.NAMENODE,
                                        State.DEAD,
                                        0,
                                        "",
                                        0,
                                        directory.resolve("namenode.log"))));
        assertThat(SandboxCommand.table(status))
                .containsPattern("zookeeper +READY +42 +90 MB +localhost:21000")
                .containsPattern("namenode +DEAD +- +-");
        ObjectNode json = SandboxCommand.json(status);
        assertThat(json.path("ready").asBoolean()).isFalse();
        assertThat(json.at("/daemons/0/pid").asLong()).isEqualTo(42);
    }
}
