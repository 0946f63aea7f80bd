package io.millrace.api.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PathTest {
    @ParameterizedTest
    @CsvSource({
        "hdfs://host:8020/a/b/, hdfs://host:8020/a/b",
        "hdfs:///a//b, hdfs:/a/b",
        "/a/./b/../c, /a/c",
        "a/b/, a/b",
        "file:///tmp/with space, file:/tmp/with space",
        "/tmp/100%25, /tmp/100%25",
        "/, /",
        "s3://bucket, s3://bucket/"
    })
    void isNormalised(String text, String normal) {
        assertThat(new Path(text)).hasToString(normal);
        assertThat(new Path(new Path(text).toString())).isEqualTo(new Path(text));
        assertThat(new Path(new Path(text).toUri())).isEqualTo(new Path(text));
    }

    @Test
    void hasANameAndAParent() {
        Path path = new Path("hdfs://h:1/a/b");
        assertThat(path.getName()).isEqualTo("b");
        assertThat(path.getParent()).isEqualTo(new Path("hdfs://h:1/a"));
        assertThat(path.getParent().getParent()).isEqualTo(new Path("hdfs://h:1/"));
        assertThat(path.getParent().getParent().getParent()).isNull();
        assertThat(path.depth()).isEqualTo(2);
        assertThat(path.suffix(".x")).isEqualTo(new Path("hdfs://h:1/a/b.x"));
    }

    @Test
    void takesAChildBelowAParentUnlessItIsAbsolute() {
        assertThat(new Path(new Path("hdfs://h:1/a"), "b/c")).hasToString("hdfs://h:1/a/b/c");
        assertThat(new Path(new Path("/"), "b")).hasToString("/b");
        assertThat(new Path(new Path("hdfs://h:1/a"), "file:/b")).hasToString("file:/b");
    }

    @Test
    void isQualifiedByItsFileSystem() {
        FileSystem local = FileSystem.getLocalFileSystem();
        assertThat(new Path("/a").makeQualified(local)).hasToString("file:/a");
        assertThat(new Path("a").makeQualified(local).isAbsolute()).isTrue();
        assertThat(new Path("hdfs://h:1/a").makeQualified(local)).hasToString("hdfs://h:1/a");
    }

    @Test
    void isNotEmpty() {
        assertThatThrownBy(() -> new Path(" ")).hasMessageContaining("must not be empty");
    }
}
