package io.millrace.hdfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HadoopSiteTest {
    @TempDir Path directory;

    @Test
    void readsTheSiteFilesOfTheDirectoryInTheEnvironment() throws IOException {
        site("core-site.xml", "fs.defaultFS", "hdfs://host:8020");
        site("yarn-site.xml", "yarn.resourcemanager.hostname", "rm");
        Configuration read = HadoopSite.ofEnvironment(environment());
        assertThat(read.get("fs.defaultFS")).isEqualTo("hdfs://host:8020");
        assertThat(read.get("yarn.resourcemanager.address")).isEqualTo("rm:8032");
    }

    @Test
    void sendsOnWhatIsNotADefaultAndReadsItBack() throws IOException {
        site("core-site.xml", "fs.defaultFS", "hdfs://host:8020");
        site("yarn-site.xml", "yarn.acl.enable", "true");
        Configuration read = HadoopSite.ofEnvironment(environment());
        Path file = directory.resolve(HadoopSite.CONTAINER_FILE);
        try (OutputStream out = Files.newOutputStream(file)) {
            HadoopSite.write(read, out);
        }
        assertThat(Files.readString(file))
                .contains("fs.defaultFS", "yarn.acl.enable")
                .doesNotContain("yarn.nodemanager.webapp.address");
        Configuration again = HadoopSite.ofFile(file);
        assertThat(again.get("fs.defaultFS")).isEqualTo("hdfs://host:8020");
        assertThat(again.get("yarn.acl.enable")).isEqualTo("true");
    }

    @Test
    void saysWhatToSetWhenNothingIsConfigured() {
        assertThatThrownBy(() -> HadoopSite.ofEnvironment(Map.of()))
                .hasMessageStartingWith("CLUSTER_NOT_CONFIGURED")
                .hasMessageContaining("HADOOP_CONF_DIR")
                .hasMessageContaining("millrace sandbox start");
    }

    @Test
    void namesADirectoryWithoutConfiguration() {
        assertThatThrownBy(() -> HadoopSite.ofEnvironment(environment()))
                .hasMessageStartingWith("CLUSTER_NOT_CONFIGURED")
                .hasMessageContaining(directory.toString());
    }

    @Test
    void namesABrokenFile() throws IOException {
        Files.writeString(directory.resolve("core-site.xml"), "<configuration><prop");
        assertThatThrownBy(() -> HadoopSite.ofEnvironment(environment()))
                .hasMessageStartingWith("CLUSTER_NOT_CONFIGURED")
                .hasMessageContaining("cannot be parsed");
    }

    private Map<String, String> environment() {
        return Map.of("HADOOP_CONF_DIR", directory.toString());
    }

    private void site(String name, String key, String value) throws IOException {
        Files.writeString(
                directory.resolve(name),
                "<configuration><property><name>"
                        + key
                        + "</name><value>"
                        + value
                        + "</value></property></configuration>");
    }
}
