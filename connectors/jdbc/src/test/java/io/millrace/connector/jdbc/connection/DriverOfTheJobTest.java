package io.millrace.connector.jdbc.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.stream.JobID;
import io.millrace.connector.jdbc.JdbcConnectionOptions.JdbcConnectionOptionsBuilder;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.sql.Connection;
import org.h2.Driver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;

/** The connector in a loader of its own, as a plugin, and the driver in the job's. */
class DriverOfTheJobTest {
    private final ClassLoader before = Thread.currentThread().getContextClassLoader();
    private URLClassLoader plugin;
    private URLClassLoader job;

    private static URL jarOf(Class<?> type) {
        return type.getProtectionDomain().getCodeSource().getLocation();
    }

    @BeforeEach
    void loaders() {
        ClassLoader platform = ClassLoader.getPlatformClassLoader();
        plugin =
                new URLClassLoader(
                        new URL[] {
                            jarOf(SimpleJdbcConnectionProvider.class),
                            jarOf(JobID.class),
                            jarOf(Logger.class)
                        },
                        platform);
        job = new URLClassLoader(new URL[] {jarOf(Driver.class)}, platform);
    }

    @AfterEach
    void close() throws Exception {
        Thread.currentThread().setContextClassLoader(before);
        plugin.close();
        job.close();
    }

    /** With classes of the plugin's loader. */
    private Connection connect(String driver) throws Exception {
        Class<?> builder = plugin.loadClass(JdbcConnectionOptionsBuilder.class.getName());
        Object options = builder.getDeclaredConstructor().newInstance();
        builder.getMethod("withUrl", String.class).invoke(options, "jdbc:h2:mem:");
        builder.getMethod("withDriverName", String.class).invoke(options, driver);
        Object built = builder.getMethod("build").invoke(options);
        Class<?> provider = plugin.loadClass(SimpleJdbcConnectionProvider.class.getName());
        assertThat(provider.getClassLoader()).isSameAs(plugin);
        Object made = provider.getConstructor(built.getClass()).newInstance(built);
        Method open = provider.getMethod("getOrEstablishConnection");
        return (Connection) open.invoke(made);
    }

    @Test
    void isFoundByTheAddressAndByItsName() throws Exception {
        Thread.currentThread().setContextClassLoader(job);
        for (String driver : new String[] {null, "org.h2.Driver"}) {
            try (Connection connection = connect(driver)) {
                assertThat(connection.getClass().getClassLoader()).isSameAs(job);
                assertThat(connection.isValid(1)).isTrue();
            }
        }
    }

    @Test
    void isNotFoundIfTheJobDoesNotBringIt() {
        Thread.currentThread().setContextClassLoader(ClassLoader.getPlatformClassLoader());
        assertThatThrownBy(() -> connect("org.h2.Driver"))
                .hasRootCauseInstanceOf(ClassNotFoundException.class)
                .hasStackTraceContaining("neither in the job's jar nor in plugins/jdbc");
    }
}
