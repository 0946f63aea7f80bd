/**
 * The savepoints and retained checkpoints that lie below a directory, as their owner keeps them:
 * what there is, which are pinned and tagged, which may go, what is broken, and copies of them. No
 * job runs, and no class of a job is needed.
 *
 * <p>Way in: {@link io.millrace.savepoint.catalogue.Catalogue} finds them, {@link
 * io.millrace.savepoint.catalogue.MarkFiles} pins and tags, {@link
 * io.millrace.savepoint.catalogue.Prune} removes, {@link io.millrace.savepoint.catalogue.TreeCheck}
 * looks for damage and leftovers, {@link io.millrace.savepoint.catalogue.SavepointCopy} copies.
 * Everything is called by one command on its own thread. Design: {@code docs/design/savepoints.md}.
 */
package io.millrace.savepoint.catalogue;
