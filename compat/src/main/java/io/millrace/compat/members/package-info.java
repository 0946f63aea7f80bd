/**
 * How much of Flink's API is here: lists of Flink's members, and a look at our classes for each.
 *
 * <p>Way in: {@link MemberList} reads the lists, {@link Resolver} says of each member whether a
 * program finds it under the mapping, {@link Coverage} counts. Classes are read, never loaded.
 * Design: {@code docs/design/compat.md}.
 */
package io.millrace.compat.members;
