package io.millrace.api.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.file.FileSystem.WriteMode;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalFileSystemTest {
    @TempDir java.nio.file.Path directory;
    private final FileSystem fs = FileSystem.getLocalFileSystem();
    private Path base;

    @BeforeEach
    void base() {
        base = new Path(directory.toString());
    }

    @AfterEach
    void forget() {
        FileSystem.install(List.of(), URI.create("file:///"));
    }

    private Path write(String name, String text) throws IOException {
        Path path = new Path(base, name);
        try (FSDataOutputStream out = fs.create(path, WriteMode.NO_OVERWRITE)) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            for (byte each : bytes) {
                out.write(each);
            }
            out.write(bytes, 0, bytes.length);
            out.sync();
            assertThat(out.getPos()).isEqualTo(2L * bytes.length);
        }
        return path;
    }

    private String read(Path path, long from) throws IOException {
        try (FSDataInputStream in = fs.open(path)) {
            in.seek(from);
            assertThat(in.getPos()).isEqualTo(from);
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void readsWhatItWrote() throws Exception {
        Path file = write("a/b/c.txt", "abc");
        assertThat(read(file, 1)).isEqualTo("bcabc");
        FileStatus status = fs.getFileStatus(file);
        assertThat(status.getLen()).isEqualTo(6);
        assertThat(status.isDir()).isFalse();
        assertThat(status.getPath().toUri().getScheme()).isEqualTo("file");
    }

    @Test
    void writesMoreThanItsBufferHolds() throws Exception {
        Path file = new Path(base, "large");
        byte[] bytes = new byte[300_000];
        Arrays.fill(bytes, (byte) 'x');
        try (FSDataOutputStream out = fs.create(file, WriteMode.NO_OVERWRITE)) {
            out.write('a');
            out.write(bytes, 0, 100);
            out.write(bytes);
        }
        assertThat(fs.getFileStatus(file).getLen()).isEqualTo(300_101);
        assertThat(read(file, 300_100)).isEqualTo("x");
    }

    @Test
    void keepsWhatExistsUnlessToldOtherwise() throws Exception {
        Path file = write("x", "old");
        assertThatThrownBy(() -> fs.create(file, WriteMode.NO_OVERWRITE))
                .isInstanceOf(FileAlreadyExistsException.class);
        fs.create(file, WriteMode.OVERWRITE).close();
        assertThat(fs.getFileStatus(file).getLen()).isZero();
    }

    @Test
    void aDurableFileIsNeverWrittenOverAnother() throws Exception {
        Path file = new Path(base, "durable/x");
        try (FSDataOutputStream out = fs.createDurable(file)) {
            out.write(new byte[] {'a', 'b'});
        }
        assertThat(read(file, 0)).isEqualTo("ab");
        assertThatThrownBy(() -> fs.createDurable(file))
                .isInstanceOf(FileAlreadyExistsException.class);
    }

    @Test
    void renamesOnlyToWhatDoesNotExist() throws Exception {
        Path a = write("a", "a");
        Path b = write("b", "b");
        assertThat(fs.rename(a, b)).isFalse();
        assertThat(read(b, 0)).isEqualTo("bb");
        assertThat(fs.rename(a, new Path(base, "c"))).isTrue();
        assertThat(fs.exists(a)).isFalse();
        assertThat(fs.rename(a, new Path(base, "d"))).isFalse();
        assertThatThrownBy(() -> fs.rename(b, new Path(base, "no/such/dir")))
                .isInstanceOf(FileNotFoundException.class);
    }

    @Test
    void deletesTreesOnlyWhenTold() throws Exception {
        write("t/a", "a");
        write("t/u/b", "b");
        Path tree = new Path(base, "t");
        assertThat(fs.listStatus(tree)).hasSize(2);
        assertThatThrownBy(() -> fs.delete(tree, false)).hasMessageContaining("not empty");
        assertThat(fs.delete(tree, true)).isTrue();
        assertThat(fs.exists(tree)).isFalse();
        assertThat(fs.delete(tree, true)).isFalse();
    }

    @Test
    void saysWhatIsMissing() {
        Path missing = new Path(base, "missing");
        assertThatThrownBy(() -> fs.getFileStatus(missing))
                .isInstanceOf(FileNotFoundException.class);
        assertThatThrownBy(() -> fs.open(missing)).isInstanceOf(FileNotFoundException.class);
        assertThatThrownBy(() -> fs.open(base)).hasMessageContaining("is a directory");
        assertThatThrownBy(() -> fs.listStatus(missing)).isInstanceOf(FileNotFoundException.class);
    }

    @Test
    void namesTheSchemesItKnows() {
        assertThatThrownBy(() -> new Path("abc://x/y").getFileSystem())
                .isInstanceOfSatisfying(
                        MillraceException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.FILE_SYSTEM_UNKNOWN))
                .hasMessageContaining("[file]")
                .hasMessageContaining("plugin that serves 'abc'");
    }

    @Test
    void asksTheInstalledFactoryOnceForEachAuthorityAndForPathsWithoutScheme() throws Exception {
        FakeFactory factory = new FakeFactory();
        FileSystem.install(List.of(factory), URI.create("fake://one"));
        FileSystem one = new Path("fake://one/a").getFileSystem();
        assertThat(new Path("/b").getFileSystem()).isSameAs(one);
        assertThat(new Path("fake:///c").getFileSystem()).isSameAs(one);
        assertThat(new Path("fake://two/a").getFileSystem()).isNotSameAs(one);
        assertThat(factory.made).containsExactly("fake://one/", "fake://two/");
        assertThat(new Path("file:///x").getFileSystem()).isSameAs(fs);
    }

    @Test
    void codesTheErrorsThatAUserCanMend() {
        assertCode(new FileNotFoundException("x"), ErrorCode.PATH_NOT_FOUND);
        assertCode(new AccessDeniedException("x"), ErrorCode.PERMISSION_DENIED);
        assertCode(new FileAlreadyExistsException("x"), ErrorCode.OUTPUT_EXISTS);
        assertCode(new IOException("x"), ErrorCode.STORAGE_FAILED);
    }

    private void assertCode(IOException error, ErrorCode code) {
        MillraceException coded = FileErrors.of(error, base, "try it");
        assertThat(coded.code()).isEqualTo(code);
        assertThat(coded).hasMessageContainingAll(base.toString(), "try it").hasCause(error);
    }

    private static final class FakeFactory implements FileSystemFactory {
        private final List<String> made = new java.util.ArrayList<>();

        @Override
        public String getScheme() {
            return "fake";
        }

        @Override
        public FileSystem create(URI fsUri) {
            made.add(fsUri.toString());
            return new LocalFileSystem();
        }
    }
}
