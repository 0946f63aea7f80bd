/**
 * The application master: hosts the coordinator, gets workers from YARN, runs the user's {@code
 * main}, and tells YARN how it ended.
 *
 * <p>Way in: {@link io.millrace.yarn.master.AppMaster}, the process's parts list. Threads: {@code
 * program} runs the user's {@code main}; {@code yarn-driver} owns which containers exist; Hadoop's
 * own threads only post there. Design: {@code docs/design/yarn.md}.
 */
package io.millrace.yarn.master;
