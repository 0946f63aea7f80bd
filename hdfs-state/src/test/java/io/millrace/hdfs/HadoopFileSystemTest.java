package io.millrace.hdfs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.file.FSDataInputStream;
import io.millrace.api.file.FSDataOutputStream;
import io.millrace.api.file.FileStatus;
import io.millrace.api.file.FileSystem;
import io.millrace.api.file.Path;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileAlreadyExistsException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HadoopFileSystemTest {
    @TempDir java.nio.file.Path directory;
    private FileSystem files;

    @BeforeEach
    void openFileSystem() throws IOException {
        RawLocalFileSystem local = new RawLocalFileSystem();
        local.initialize(URI.create("file:///"), new Configuration());
        files = new HadoopFileSystem(local);
    }

    @Test
    void readsBackWhatItWrote() throws IOException {
        write("a", "one two three");
        try (FSDataInputStream in = files.open(in("a"))) {
            in.seek(4);
            assertThat(new String(in.readNBytes(3), UTF_8)).isEqualTo("two");
            assertThat(in.getPos()).isEqualTo(7);
        }
        FileStatus status = files.getFileStatus(in("a"));
        assertThat(status.getLen()).isEqualTo(13);
        assertThat(status.isDir()).isFalse();
        assertThat(status.getPath().getName()).isEqualTo("a");
    }

    @Test
    void countsTheBytesThatItWrites() throws IOException {
        try (FSDataOutputStream out = files.create(in("a"), FileSystem.WriteMode.OVERWRITE)) {
            out.write("12345".getBytes(UTF_8));
            out.sync();
            assertThat(out.getPos()).isEqualTo(5);
        }
    }

    @Test
    void doesNotOverwriteUnlessAsked() throws IOException {
        write("a", "old");
        assertThatThrownBy(() -> files.create(in("a"), FileSystem.WriteMode.NO_OVERWRITE))
                .isInstanceOf(FileAlreadyExistsException.class)
                .hasMessageContaining("/a");
        files.create(in("a"), FileSystem.WriteMode.OVERWRITE).close();
        assertThat(files.getFileStatus(in("a")).getLen()).isZero();
    }

    @Test
    void saysThatAPathDoesNotExist() {
        assertThatThrownBy(() -> files.open(in("none"))).isInstanceOf(FileNotFoundException.class);
        assertThatThrownBy(() -> files.listStatus(in("none")))
                .isInstanceOf(FileNotFoundException.class);
    }

    @Test
    void renamesOnlyWhatExistsToWhatDoesNot() throws IOException {
        write("a", "1");
        write("b", "2");
        assertThat(files.rename(in("a"), in("b"))).isFalse();
        assertThat(files.rename(in("none"), in("c"))).isFalse();
        assertThat(files.rename(in("a"), in("c"))).isTrue();
        assertThat(files.exists(in("a"))).isFalse();
        assertThat(files.getFileStatus(in("c")).getLen()).isEqualTo(1);
    }

    @Test
    void doesNotMoveIntoAnExistingDirectory() throws IOException {
        write("a", "1");
        files.mkdirs(in("dir"));
        assertThat(files.rename(in("a"), in("dir"))).isFalse();
        assertThat(files.listStatus(in("dir"))).isEmpty();
    }

    @Test
    void listsAndDeletesDirectories() throws IOException {
        write("dir/a", "1");
        write("dir/b", "2");
        assertThat(files.listStatus(in("dir"))).hasSize(2);
        assertThat(files.delete(in("dir"), true)).isTrue();
        assertThat(files.delete(in("dir"), true)).isFalse();
    }

    @Test
    void locatesTheBlocksOfAFile() throws IOException {
        write("a", "12345");
        FileStatus status = files.getFileStatus(in("a"));
        assertThat(files.getFileBlockLocations(status, 0, 5)).hasSize(1);
        assertThat(files.getFileBlockLocations(status, 0, 5)[0].getLength()).isEqualTo(5);
    }

    @Test
    void doesNotDependOnTheThreadsClassLoader() throws IOException {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        ClassLoader users = new ClassLoader(null) {};
        thread.setContextClassLoader(users);
        try {
            FileSystem made =
                    new HadoopFileSystemFactory().create(URI.create("hdfs://127.0.0.1:1/"));
            assertThat(made.getUri()).isEqualTo(URI.create("hdfs://127.0.0.1:1"));
            assertThat(thread.getContextClassLoader()).isSameAs(users);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    @Test
    void saysThatAHostDoesNotExist() {
        assertThatThrownBy(
                        () ->
                                new HadoopFileSystemFactory()
                                        .create(URI.create("hdfs://no-such-host.invalid:8020/")))
                .hasMessageStartingWith("CLUSTER_UNREACHABLE")
                .hasMessageContaining("no-such-host.invalid");
    }

    @Test
    void saysThatTheJarOfASchemeIsNotThere() {
        Configuration configuration = new Configuration(false);
        configuration.set("fs.defaultFS", "file:///");
        configuration.set("fs.lake.impl", "org.example.NoSuchFileSystem");
        HadoopFileSystemFactory.install(configuration);

        assertThatThrownBy(() -> new Path("lake://store/savepoints").getFileSystem())
                .hasMessageStartingWith("FILE_SYSTEM_UNKNOWN")
                .hasMessageContaining("lake://store/")
                .hasMessageContaining("org.example.NoSuchFileSystem");
    }

    private void write(String name, String text) throws IOException {
        try (FSDataOutputStream out = files.create(in(name), FileSystem.WriteMode.NO_OVERWRITE)) {
            out.write(text.getBytes(UTF_8));
        }
    }

    private Path in(String name) {
        return new Path(new Path(directory.toUri()), name);
    }
}
