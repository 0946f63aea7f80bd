package io.millrace.api.option;

import java.util.ArrayList;
import java.util.List;

/**
 * What concerns every program, as keys for {@link Configuration}. But for {@link
 * #DEFAULT_PARALLELISM} they concern processes and have no effect, and each one's description says
 * why.
 */
public class CoreOptions {
    private static final String CLASSES =
            "a program's classes come first, but for those of the API and of exported "
                    + "plugins.";
    private static final String CLASS_LOADERS =
            "class loaders of programs end with their jobs, and nobody watches them longer.";
    private static final String JAVA =
            "yarn.worker.java-options, yarn.master.java-options and yarn.java-home say it.";
    private static final String PROCESSES =
            "YARN or bin/millrace start the processes and keep what they log.";
    private static final String HADOOP =
            "HADOOP_CONF_DIR says where the configuration of Hadoop lies.";
    private static final String DIRECTORIES =
            "a worker uses the local directories of its container; see " + "task.spill-directory.";
    private static final String FILE_SYSTEM =
            "hadoop.fs.defaultFS says where paths without a scheme are.";
    private static final String SINKS =
            "each sink says what becomes of files that are there, and makes its " + "directories.";

    public static final ConfigOption<Integer> DEFAULT_PARALLELISM =
            ConfigOption.of(ProgramOptions.PARALLELISM);

    public static final ConfigOption<String> CLASSLOADER_RESOLVE_ORDER =
            ConfigOption.of(
                    Option.string("classloader.resolve-order")
                            .defaultTo("child-first")
                            .withoutEffect(CLASSES));

    public static final ConfigOption<List<String>> ALWAYS_PARENT_FIRST_LOADER_PATTERNS =
            ConfigOption.of(
                    Option.listOf(Option.string("classloader.parent-first-patterns.default"))
                            .formerly("classloader.parent-first-patterns")
                            .defaultTo(
                                    List.of(
                                            "java.",
                                            "scala.",
                                            "org.apache.flink.",
                                            "com.esotericsoftware.kryo",
                                            "org.apache.hadoop.",
                                            "javax.annotation.",
                                            "org.xml",
                                            "javax.xml",
                                            "org.apache.xerces",
                                            "org.w3c",
                                            "org.rocksdb.",
                                            "org.slf4j",
                                            "org.apache.log4j",
                                            "org.apache.logging",
                                            "org.apache.commons.logging",
                                            "ch.qos.logback"))
                            .withoutEffect(CLASSES));

    public static final ConfigOption<List<String>> ALWAYS_PARENT_FIRST_LOADER_PATTERNS_ADDITIONAL =
            ConfigOption.of(
                    Option.listOf(Option.string("classloader.parent-first-patterns.additional"))
                            .defaultTo(List.of())
                            .withoutEffect(CLASSES));

    public static final ConfigOption<Boolean> FAIL_ON_USER_CLASS_LOADING_METASPACE_OOM =
            ConfigOption.of(
                    Option.bool("classloader.fail-on-metaspace-oom-error")
                            .defaultTo(true)
                            .withoutEffect(CLASS_LOADERS));

    public static final ConfigOption<Boolean> CHECK_LEAKED_CLASSLOADER =
            ConfigOption.of(
                    Option.bool("classloader.check-leaked-classloader")
                            .defaultTo(true)
                            .withoutEffect(CLASS_LOADERS));

    public static final ConfigOption<List<String>> PLUGIN_ALWAYS_PARENT_FIRST_LOADER_PATTERNS =
            ConfigOption.of(
                    Option.listOf(Option.string("plugin.classloader.parent-first-patterns.default"))
                            .defaultTo(
                                    List.of(
                                            "java.",
                                            "org.apache.flink.",
                                            "javax.annotation.",
                                            "org.slf4j",
                                            "org.apache.log4j",
                                            "org.apache.logging",
                                            "org.apache.commons.logging",
                                            "ch.qos.logback"))
                            .withoutEffect(CLASSES));

    public static final ConfigOption<List<String>>
            PLUGIN_ALWAYS_PARENT_FIRST_LOADER_PATTERNS_ADDITIONAL =
                    ConfigOption.of(
                            Option.listOf(
                                            Option.string(
                                                    "plugin.classloader.parent-first-patterns.additional"))
                                    .defaultTo(List.of())
                                    .withoutEffect(CLASSES));

    public static final ConfigOption<String> FLINK_JAVA_HOME =
            ConfigOption.of(Option.string("env.java.home").withoutEffect(JAVA));

    public static final ConfigOption<String> FLINK_JVM_OPTIONS =
            ConfigOption.of(
                    Option.string("env.java.opts.all")
                            .formerly("env.java.opts")
                            .withoutEffect(JAVA));

    public static final ConfigOption<String> FLINK_JM_JVM_OPTIONS =
            ConfigOption.of(Option.string("env.java.opts.jobmanager").withoutEffect(JAVA));

    public static final ConfigOption<String> FLINK_TM_JVM_OPTIONS =
            ConfigOption.of(Option.string("env.java.opts.taskmanager").withoutEffect(JAVA));

    public static final ConfigOption<String> FLINK_HS_JVM_OPTIONS =
            ConfigOption.of(Option.string("env.java.opts.historyserver").withoutEffect(JAVA));

    public static final ConfigOption<String> FLINK_CLI_JVM_OPTIONS =
            ConfigOption.of(Option.string("env.java.opts.client").withoutEffect(JAVA));

    public static final ConfigOption<String> FLINK_SQL_GATEWAY_JVM_OPTIONS =
            ConfigOption.of(Option.string("env.java.opts.sql-gateway").withoutEffect(JAVA));

    public static final ConfigOption<String> FLINK_DEFAULT_JVM_OPTIONS =
            ConfigOption.of(Option.string("env.java.default-opts.all").withoutEffect(JAVA));

    public static final ConfigOption<String> FLINK_DEFAULT_JM_JVM_OPTIONS =
            ConfigOption.of(Option.string("env.java.default-opts.jobmanager").withoutEffect(JAVA));

    public static final ConfigOption<String> FLINK_DEFAULT_TM_JVM_OPTIONS =
            ConfigOption.of(Option.string("env.java.default-opts.taskmanager").withoutEffect(JAVA));

    public static final ConfigOption<String> FLINK_LOG_DIR =
            ConfigOption.of(Option.string("env.log.dir").withoutEffect(PROCESSES));

    public static final ConfigOption<String> FLINK_PID_DIR =
            ConfigOption.of(
                    Option.string("env.pid.dir").defaultTo("/tmp").withoutEffect(PROCESSES));

    public static final ConfigOption<Integer> FLINK_LOG_MAX =
            ConfigOption.of(Option.integer("env.log.max").defaultTo(10).withoutEffect(PROCESSES));

    public static final ConfigOption<String> FLINK_LOG_LEVEL =
            ConfigOption.of(
                    Option.string("env.log.level").defaultTo("INFO").withoutEffect(PROCESSES));

    public static final ConfigOption<Boolean> FLINK_STD_REDIRECT_TO_FILE =
            ConfigOption.of(
                    Option.bool("env.stdout-err.redirect-to-file")
                            .defaultTo(false)
                            .withoutEffect(PROCESSES));

    public static final ConfigOption<String> FLINK_SSH_OPTIONS =
            ConfigOption.of(Option.string("env.ssh.opts").withoutEffect(PROCESSES));

    public static final ConfigOption<String> FLINK_HADOOP_CONF_DIR =
            ConfigOption.of(Option.string("env.hadoop.conf.dir").withoutEffect(HADOOP));

    public static final ConfigOption<String> FLINK_YARN_CONF_DIR =
            ConfigOption.of(Option.string("env.yarn.conf.dir").withoutEffect(HADOOP));

    public static final ConfigOption<String> FLINK_HBASE_CONF_DIR =
            ConfigOption.of(Option.string("env.hbase.conf.dir").withoutEffect(HADOOP));

    public static final ConfigOption<String> TMP_DIRS =
            ConfigOption.of(
                    Option.string("io.tmp.dirs")
                            .formerly("taskmanager.tmp.dirs")
                            .defaultTo("/tmp")
                            .withoutEffect(DIRECTORIES));

    public static final ConfigOption<String> DEFAULT_FILESYSTEM_SCHEME =
            ConfigOption.of(Option.string("fs.default-scheme").withoutEffect(FILE_SYSTEM));

    public static final ConfigOption<String> ALLOWED_FALLBACK_FILESYSTEMS =
            ConfigOption.of(
                    Option.string("fs.allowed-fallback-filesystems").withoutEffect(FILE_SYSTEM));

    public static final ConfigOption<Boolean> FILESYTEM_DEFAULT_OVERRIDE =
            ConfigOption.of(
                    Option.bool("fs.overwrite-files").defaultTo(false).withoutEffect(SINKS));

    public static final ConfigOption<Boolean> FILESYSTEM_OUTPUT_ALWAYS_CREATE_DIRECTORY =
            ConfigOption.of(
                    Option.bool("fs.output.always-create-directory")
                            .defaultTo(false)
                            .withoutEffect(SINKS));

    /** What both options for classes say, in this order. */
    public static String[] getParentFirstLoaderPatterns(ReadableConfig config) {
        return both(
                config,
                ALWAYS_PARENT_FIRST_LOADER_PATTERNS,
                ALWAYS_PARENT_FIRST_LOADER_PATTERNS_ADDITIONAL);
    }

    /** What both options for plugins' classes say, in this order. */
    public static String[] getPluginParentFirstLoaderPatterns(Configuration config) {
        return both(
                config,
                PLUGIN_ALWAYS_PARENT_FIRST_LOADER_PATTERNS,
                PLUGIN_ALWAYS_PARENT_FIRST_LOADER_PATTERNS_ADDITIONAL);
    }

    private static String[] both(
            ReadableConfig config,
            ConfigOption<List<String>> patterns,
            ConfigOption<List<String>> more) {
        List<String> all = new ArrayList<>(config.get(patterns));
        all.addAll(config.get(more));
        return all.toArray(new String[0]);
    }
}
