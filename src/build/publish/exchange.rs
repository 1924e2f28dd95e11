//! Exchanging two folders in one step, where the system can.

use std::fs::{self, Metadata};
use std::io;
use std::path::Path;

/// Exchanges what two names stand for, in one step: at no moment is either of them missing.
#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
pub(super) fn exchange(a: &Path, b: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    Ok(renameat_with(CWD, a, CWD, b, RenameFlags::EXCHANGE)?)
}

/// Exchanges nothing: this system has no such step.
#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
pub(super) fn exchange(_: &Path, _: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

/// Gives a file or folder a name that nothing has yet, in one step where the system can.
#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
pub(super) fn rename_new(from: &Path, to: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    use rustix::io::Errno;
    match renameat_with(CWD, from, CWD, to, RenameFlags::NOREPLACE) {
        Err(Errno::INVAL | Errno::NOSYS | Errno::NOTSUP) => look_and_rename(from, to),
        done => Ok(done?),
    }
}

/// Gives a file or folder a name that nothing has yet.
#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
pub(super) fn rename_new(from: &Path, to: &Path) -> io::Result<()> {
    look_and_rename(from, to)
}

fn look_and_rename(from: &Path, to: &Path) -> io::Result<()> {
    if fs::symlink_metadata(to).is_ok() {
        return Err(io::ErrorKind::AlreadyExists.into());
    }
    fs::rename(from, to)
}

/// Whether the output folder can be exchanged with one in `room`, and files be in both.
///
/// Tried out with an empty folder and a file; what is made for that is taken away again.
pub(super) fn is_possible(folder: &Path, room: &Path) -> bool {
    let (tried, one, other) = (room.join("try"), room.join("try/one"), room.join("try/other"));
    let works = || -> io::Result<bool> {
        fs::create_dir_all(&one)?;
        fs::write(&other, "")?;
        fs::hard_link(&other, one.join("link"))?;
        exchange(&one, &other)?;
        Ok(one.is_file() && other.join("link").is_file())
    };
    let works = works();
    let _ = fs::remove_dir_all(tried);
    works.unwrap_or(false) && is_in_reach(folder, room)
}

/// Whether a failure says that something cannot be done in this place at all, rather than that it failed this time.
pub(super) fn is_unfit(error: &io::Error) -> bool {
    use io::ErrorKind::{
        CrossesDevices, DirectoryNotEmpty, InvalidInput, PermissionDenied, ResourceBusy, TooManyLinks, Unsupported,
    };
    matches!(
        error.kind(),
        CrossesDevices
            | DirectoryNotEmpty
            | InvalidInput
            | PermissionDenied
            | ResourceBusy
            | TooManyLinks
            | Unsupported
    )
}

/// Whether two folders have the same mode and owner.
#[cfg(unix)]
pub(super) fn is_like(a: &Metadata, b: &Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    (a.mode(), a.uid(), a.gid()) == (b.mode(), b.uid(), b.gid())
}

/// Whether two folders have the same mode.
#[cfg(not(unix))]
pub(super) fn is_like(a: &Metadata, b: &Metadata) -> bool {
    a.permissions() == b.permissions()
}

/// Gives a folder the mode and the owner of another.
#[cfg(unix)]
pub(super) fn adopt(from: &Metadata, to: &Path) -> io::Result<()> {
    use std::os::unix::fs::MetadataExt;
    let has = fs::symlink_metadata(to)?;
    if (has.uid(), has.gid()) != (from.uid(), from.gid()) {
        std::os::unix::fs::chown(to, Some(from.uid()), Some(from.gid()))?;
    }
    if has.mode() != from.mode() {
        fs::set_permissions(to, from.permissions())?;
    }
    Ok(())
}

/// Gives a folder the mode of another.
#[cfg(not(unix))]
pub(super) fn adopt(from: &Metadata, to: &Path) -> io::Result<()> {
    fs::set_permissions(to, from.permissions())
}

/// Whether files can be moved from one folder into the other.
pub(super) fn is_in_reach(folder: &Path, room: &Path) -> bool {
    is_on_same_device(folder, room) && !is_mounted(folder)
}

#[cfg(unix)]
fn is_on_same_device(a: &Path, b: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let device = |path: &Path| fs::metadata(path).map(|meta| meta.dev()).ok();
    device(a).is_some() && device(a) == device(b)
}

/// Not known: nothing else is exchanged or mounted there.
#[cfg(not(unix))]
fn is_on_same_device(_: &Path, _: &Path) -> bool {
    true
}

/// Whether something is mounted in this very place: a container's folder has the device of the one around it.
#[cfg(any(target_os = "linux", target_os = "android"))]
fn is_mounted(folder: &Path) -> bool {
    use rustix::fs::{AtFlags, CWD, StatxAttributes, StatxFlags, statx};
    statx(CWD, folder, AtFlags::empty(), StatxFlags::empty())
        .is_ok_and(|found| found.stx_attributes.contains(StatxAttributes::MOUNT_ROOT))
}

/// Not asked: the exchange says it.
#[cfg(not(any(target_os = "linux", target_os = "android")))]
fn is_mounted(_: &Path) -> bool {
    false
}
