package io.millrace.yarn.launch;

import io.millrace.hdfs.HadoopSite;

/**
 * Where things lie in the working directory of each container of ours. Two archives are unpacked
 * there: the libraries, which the NodeManagers keep from one application to the next, and what
 * belongs to this application.
 *
 * <pre>
 * millrace/lib/*.jar               class path of the process: api, logging
 * millrace/lib/engine/*.jar        the engine's loader
 * millrace/lib/hadoop/*.jar        behind them in the same loader
 * millrace/plugins/&lt;name>/*.jar    one loader each
 * application/job.jar              the user's program
 * application/application.properties   {@link ApplicationFile}
 * application/hadoop-site.xml      the client's view of the cluster
 * application/master.args, worker.args   Java argument files
 * application/krb5.conf            of Kerberos, if the client has named one
 * application/conf/…               logging configuration
 * keytab                           of the user, if there is one; the application master's only
 * </pre>
 */
public final class ContainerLayout {
    /** The unpacked library archive; has the shape of a distribution. */
    public static final String HOME = "millrace";

    /** The unpacked archive of the application. */
    public static final String APPLICATION = "application";

    public static final String JOB_JAR = "job.jar";
    public static final String PROPERTIES = "application.properties";
    public static final String SITE = HadoopSite.CONTAINER_FILE;

    /** Kerberos's configuration, if the client has one of its own. */
    public static final String KRB5_CONF = "krb5.conf";

    public static final String MASTER_ARGUMENTS = "master.args";
    public static final String WORKER_ARGUMENTS = "worker.args";
    public static final String CONF = "conf";

    /** Name of the application's archive in its staging directory. */
    public static final String ARCHIVE = "application.zip";

    /** Directory of the journal in the staging directory. */
    public static final String JOURNAL = "journal";

    /** Where the application master listens, in the staging directory: {@code host:port}. */
    public static final String LEADER = "leader";

    /**
     * The user's keytab in the working directory of the application master, and its name in the
     * staging directory; workers have none.
     */
    public static final String KEYTAB = "keytab";

    private ContainerLayout() {}

    /** Path of an application's file from a container's working directory. */
    public static String inApplication(String name) {
        return APPLICATION + "/" + name;
    }
}
